// SPDX-License-Identifier: MIT
// How the next boot starts a unit: the path from the unit up through the units that want, require,
// uphold, bind to or trigger it.
//
// PID 1 reports what it has loaded, which includes links in /run and links removed since. A step
// counts only if a link, a line of a unit file or a generator still provides it after a reboot; a
// link that PID 1 has not loaded yet counts.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "checklist/view.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// What starts a unit, as a spec names it.
enum class StartedBy { target, login, device, bus };

// The evidence that a spec demands: unit files that say so, or also a start by this boot.
enum class BootEvidence { of_files, of_this_boot };

struct BootPath {
  bool reached = false;
  std::vector<std::string> steps;            // from the direct starter up to the goal
  std::set<std::string> dead_ends;           // start the unit, but are not started at boot
  std::set<std::string> until_reboot;        // start it, but only in this boot
  std::set<std::string> until_reload;        // still loaded, but no longer in the unit files
  std::optional<Unseen> gap = std::nullopt;  // not reached, and a fact on the way is unseen
};

using IsGoal = std::function<bool(const std::string& unit)>;

// Returns the shortest path. `unit` must be a canonical name.
BootPath boot_path(View& see, const std::string& unit, const IsGoal& is_goal);

// Returns the unit to which default.target leads at the next boot, by the links outside /run.
std::string default_target(FactReader& look);

// Returns whether a unit is still defined after a reboot: its fragment exists outside /run, or is
// generated, or one in /run covers another. Also true for a unit without a fragment, as a device:
// systemd makes it. Only the file's existence counts, not whether it can be read.
bool is_defined_after_reboot(FactReader& look, const std::string& unit);
}  // namespace checklist::checks

namespace checklist {
template <>
inline constexpr auto names<checks::StartedBy> =
    names_of<checks::StartedBy>({{checks::StartedBy::target, "target"},
                                 {checks::StartedBy::login, "login"},
                                 {checks::StartedBy::device, "device"},
                                 {checks::StartedBy::bus, "bus"}});

template <>
inline constexpr auto names<checks::BootEvidence> = names_of<checks::BootEvidence>(
    {{checks::BootEvidence::of_files, "static"}, {checks::BootEvidence::of_this_boot, "reboot"}});
}  // namespace checklist
