// SPDX-License-Identifier: MIT
// Processes of an earlier run that were not stopped, as with KillMode=process.
#include <algorithm>
#include <set>
#include <string>

#include "checks/earlier/earlier_life.hpp"
#include "checks/earlier/running.hpp"
#include "checks/view/command.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
constexpr Duration tolerance = 100ms;  // of the time of a fork in /proc/PID/stat

// Returns the processes that were there before the unit was last inactive. The beginning of this
// run is no measure: systemd notes it after it has forked the first process, on a busy host long
// after. A unit that was never inactive since the boot has no earlier run.
std::set<std::uint32_t> earlier_processes(View& see, const std::string& cgroup) {
  const auto ended = see.moment("InactiveEnterTimestampMonotonic");
  const auto delegated = see.property<bool>("Delegate");
  if (!ended || !delegated || *delegated) {
    return {};
  }
  std::set<std::uint32_t> out;
  const auto& members = see[MembersKey{cgroup}];
  for (const Member& each : members ? *members : std::vector<Member>()) {
    if (!each.is_zombie && each.started + tolerance < *ended) {
      out.insert(each.pid);
    }
  }
  return out;
}

// libvirtd keeps its name servers, sshd its sessions.
bool is_kept_on_purpose(View& see) {
  const std::string mode = see.text("KillMode");
  return mode != "control-group" && mode != "mixed";
}
}  // namespace

Leftover leftover_of(View& see) {
  const std::string cgroup = see.text("ControlGroup");
  if (cgroup.empty() || !is_running_service(see)) {
    return Leftover::none;
  }
  const auto earlier = earlier_processes(see, cgroup);
  if (earlier.empty()) {
    return Leftover::none;
  }
  const auto& held = see[HeldFilesKey{cgroup}];
  if (!held) {
    return Leftover::unclear;
  }
  const bool listens = std::ranges::any_of(
      held->listening, [&earlier](std::uint32_t pid) { return earlier.contains(pid); });
  return listens ? Leftover::listening : Leftover::harmless;
}

Findings leftover_processes(View& see) {
  if (is_kept_on_purpose(see) || leftover_of(see) == Leftover::none) {
    return {};
  }
  return {fail({.subject = "processes",
                .reason = "leftover",
                .expected = "no process of an earlier run",
                .observed = "a process of an earlier run is left, though systemd stops all of them",
                .hint = "run " + systemctl(see, "stop") + " and " + systemctl(see, "kill") +
                        ", then " + systemctl(see, "start")})};
}

bool has_left_processes(View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  const bool is_down =
      unit && (unit->active == ActiveState::inactive || unit->active == ActiveState::failed);
  const std::string cgroup = is_down ? see.text("ControlGroup") : std::string();
  if (cgroup.empty()) {
    return false;
  }
  const auto& members = see[MembersKey{cgroup}];
  return members &&
         std::ranges::any_of(*members, [](const Member& each) { return !each.is_zombie; });
}

std::string end_of_leftovers(View& see) {
  return has_left_processes(see)
             ? "run " + systemctl(see, "kill") + " to end the processes that it left behind, "
             : std::string();
}
}  // namespace checklist::checks
