// SPDX-License-Identifier: MIT
// How often a service was restarted automatically, within a window.
#pragma once
#include <cstdint>
#include <optional>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "semantics/time/span.hpp"

namespace checklist::checks {
inline constexpr std::uint64_t most_restarts = 63;  // a unit's history keeps the last 64

struct RestartLimit {
  std::uint64_t most = 3;
  std::optional<semantics::Span>
      window;  // by default long enough for a service that waits long in between
};

// Nothing to say while there were no more than that. The unit is a loaded service.
Findings restarts(const RestartLimit& limit, View& see, const Unit& unit);
}  // namespace checklist::checks
