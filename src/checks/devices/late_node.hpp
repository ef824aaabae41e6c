// SPDX-License-Identifier: MIT
// Processes that are older than a device node. Servers look for GPUs once, when they start, and
// go on without one if there is none.
#pragma once
#include <string>

#include "checklist/facts/devices.hpp"
#include "checklist/time.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
enum class Arrival {
  in_time,  // or not known to be late
  unclear,  // so soon after the start that the process may have found the node
  late
};

// Returns whether the node at `path` appeared after the unit's running process was started. One
// that a process of the unit holds open is in time, whenever it appeared.
Arrival arrival_of(const Node& node, const std::string& path, TimePoint started,
                   const std::string& unit, FactReader& look);

// Returns the node as HeldFiles spells it: "c 195:0".
std::string number_of(const Node& node);
}  // namespace checklist::checks
