// SPDX-License-Identifier: MIT
// Whether a device node was there at a moment in the life of a process.
#pragma once
#include <optional>
#include <string>

#include "checklist/facts/devices.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Computes moments of this boot from the wall-clock times that file systems keep.
//
// The wall clock may have been set since a node was created: by a time server, because there is no
// RTC, or by systemd, because the RTC is in local time. A node must not seem younger than it is, so
// the clock is taken as having been ahead by the most that is known: now, when the unit started,
// when the manager began, and when /dev/null was created. A clock that was set forward makes nodes
// of before that seem older. Either way a restart that is needed may be overlooked, until
// checklistd itself sees a node appear; none is demanded in vain.
class NodeAges {
 public:
  // If `look` has a gap afterwards, the results do not count.
  NodeAges(FactReader& look, const std::string& unit);

  // Returns a moment at or before the creation of the node; nothing if none is known.
  [[nodiscard]] std::optional<TimePoint> created(const Node& node) const;
  // Returns whether no such node was there at a moment. A node of the same number that was there
  // counts: what opens it since then opens the same device.
  [[nodiscard]] bool was_missing_at(const Node& node, TimePoint moment) const;

 private:
  [[nodiscard]] std::optional<TimePoint> earliest(std::optional<WallTime> born,
                                                  std::optional<TimePoint> absent) const;

  std::optional<WallTime> epoch_;  // the wall-clock time at TimePoint{}, the latest that is known
};

// Returns when the process by which the unit is judged was started; nothing if none is running.
std::optional<TimePoint> process_started(FactReader& look, const std::string& unit);
}  // namespace checklist::checks
