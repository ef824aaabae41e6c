// SPDX-License-Identifier: MIT
// How `checklistctl exercise` found the units that it stops, and what it has yet to restore.
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "checklist/facts/unit.hpp"
#include "checklist/time.hpp"

namespace checklist {
struct UnitAsFound {
  std::string unit;                            // canonical
  ActiveState active = ActiveState::inactive;  // or active
  bool operator==(const UnitAsFound&) const = default;
};

// Symbolic links of unit files, by path: what they hold.
using UnitLinks = std::map<std::string, std::string>;

struct ExercisePlan {
  bool is_finished = true;  // everything is as it was found
  std::string unit{};       // that is exercised
  std::string by{};         // the user who called checklistctl
  std::string boot_id{};
  // Until when failures of `affected` are acknowledged. A later time is written with each step.
  WallTime until{};
  std::vector<UnitAsFound> units{};  // in the order in which they are started again
  std::vector<std::string> names{};  // of the exercised unit, and those that Also= adds
  UnitLinks links{};                 // of these names, in the persistent directory
  UnitLinks runtime_links{};         // likewise, in the one for this boot
  // The checks that fail meanwhile, by semantics::spec_name(); an empty check means all.
  std::vector<std::pair<std::string, std::string>> affected{};
  bool operator==(const ExercisePlan&) const = default;
};
}  // namespace checklist
