// SPDX-License-Identifier: MIT
// How the next boot comes to start a unit: the way up from it over what wants, requires, upholds,
// binds to or triggers it.
//
// PID 1 tells what it has loaded: links removed by hand since, and links in /run, are among that.
// A step counts only if a link, a line of a unit file or a generator says so after a reboot, too;
// a link that PID 1 has not loaded yet counts.
#pragma once
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "checklist/view.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// What starts a unit, as a spec says it.
enum class StartedBy { target, login, device, bus };

// What a spec wants to see of that: that the files say so, or that this boot did so.
enum class BootEvidence { of_files, of_this_boot };

struct BootPath {
  bool reached = false;
  std::vector<std::string> steps;            // from what starts the unit itself up to the goal
  std::set<std::string> dead_ends;           // start the unit, but are not started themselves
  std::set<std::string> until_reboot;        // start it, but only this boot
  std::set<std::string> until_reload;        // PID 1 still knows them, the unit files say otherwise
  std::optional<Unseen> gap = std::nullopt;  // not reached: what could not be seen on the way
};

using IsGoal = std::function<bool(const std::string& unit)>;

// The shortest way. `unit` is a canonical name.
BootPath boot_path(View& see, const std::string& unit, const IsGoal& is_goal);

// The unit that default.target stands for at the next boot, as the links outside /run say.
std::string default_target(FactReader& look);

// Whether a unit is still defined after a reboot: its fragment lies outside /run, or is generated.
// One without a fragment, as a device, is made by systemd itself.
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
