// SPDX-License-Identifier: MIT
// The epoch of the wall clock, which moves when the clock is set.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "checklist/facts/unit.hpp"
#include "checklist/time.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Returns the epoch at an event that systemd dated by both clocks.
inline std::optional<WallTime> epoch_at(FactReader& look, const std::string& unit,
                                        const std::string& event) {
  const auto number = [&look, &unit](const std::string& name) {
    const Value* value = look.at(PropertyKey{unit, name});
    const auto* held = value != nullptr ? value->get<std::uint64_t>() : nullptr;
    return held != nullptr ? *held : 0;
  };
  const auto wall = number(event + "Timestamp");
  const auto moment = number(event + "TimestampMonotonic");
  if (!is_set(wall) || !is_set(moment) || wall > INT64_MAX || moment > INT64_MAX) {
    return std::nullopt;
  }
  return WallTime{Duration{static_cast<std::int64_t>(wall) - static_cast<std::int64_t>(moment)}};
}
}  // namespace checklist::checks
