// SPDX-License-Identifier: MIT
// How the events of a unit's life make up its history.
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
  std::optional<ProcessExit> exit;  // of a run that ended badly: how its first bad process did
};

// Events may come again, and late: what is older than what is known changes nothing.
void add(History& history, const PastEvent& past);
}  // namespace checklist::parse
