// SPDX-License-Identifier: MIT
// Counts a service's automatic restarts within a window of time.
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
  std::optional<semantics::Span> window;  // by default as long as `most` + 1 restarts may take
};

// Returns a finding if there were more restarts than the limit, or if that is unknown; nothing
// otherwise. The unit must be a loaded service.
Findings restarts(const RestartLimit& limit, View& see, const Unit& unit);
}  // namespace checklist::checks
