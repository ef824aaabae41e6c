// SPDX-License-Identifier: MIT
// A check's result as values and labels of metrics, for units and the host.
#pragma once
#include <cstddef>
#include <cstdint>

#include "checklist/report.hpp"

#include "render/family.hpp"
#include "render/moment.hpp"

namespace checklist::render {
inline constexpr auto results_help = "0 skip, 1 pass, 2 unknown, 3 fail.";

// Returns the status as a number, larger is worse.
inline double number_of(Status status) {
  return static_cast<double>(static_cast<std::size_t>(status));
}

inline std::uint64_t changes_to(const Track& track, Status status) {
  return track.changes.at(static_cast<std::size_t>(status));
}

inline Labels labels_of(const Acknowledgement& known) {
  return {{"by", known.by},
          {"until", formatted(known.until, "%Y-%m-%dT%H:%M:%SZ")},
          {"reason", known.reason}};
}
}  // namespace checklist::render
