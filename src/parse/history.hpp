// SPDX-License-Identifier: MIT
// Builds a unit's history from its events.
#pragma once
#include <optional>

#include "checklist/facts/history.hpp"
#include "checklist/time.hpp"

#include "parse/history_entry.hpp"

namespace checklist::parse {
struct PastEvent {
  UnitEvent event;
  TimePoint at;
  bool this_boot = true;
  std::optional<ProcessExit> exit;  // of a failed run: its first failed process
};

// Adds an event. Repeated events and events older than the known ones change nothing.
void add(History& history, const PastEvent& past);
}  // namespace checklist::parse
