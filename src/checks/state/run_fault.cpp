// SPDX-License-Identifier: MIT
#include "checks/state/run_fault.hpp"

#include <algorithm>
#include <array>

#include "checks/definition/next_start.hpp"
#include "checks/state/state_finding.hpp"
#include "checks/view/command.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// Types whose start leaves a daemon behind. A simple service with RemainAfterExit= is often a
// oneshot in all but name.
bool leaves_daemon(const std::string& type) {
  constexpr std::array<std::string_view, 4> types{"forking", "notify", "notify-reload", "dbus"};
  return std::ranges::find(types, type) != types.end();
}

// The moment at which the last command of ExecReload= ended. A row is (path, argv, …, start and
// exit as real time and monotonic, pid, code, status).
std::optional<TimePoint> last_reload(View& see) {
  constexpr std::size_t exit_monotonic = 6;
  std::optional<TimePoint> out;
  for (const Value& each : see.property<Values>("ExecReload").value_or(Values{})) {
    const auto* row = each.get<Values>();
    const auto* usec = row != nullptr && row->size() > exit_monotonic
                           ? (*row)[exit_monotonic].get<std::uint64_t>()
                           : nullptr;
    if (usec != nullptr && is_set(*usec)) {
      out = std::max(out.value_or(monotonic(*usec)), monotonic(*usec));
    }
  }
  return out;
}

// Returns whether the unit was active/running in this run before it became active/exited. An init
// script that only sets something up is exited within a moment. A reload is a change of state, too.
bool has_run(View& see) {
  const auto entered = see.moment("ActiveEnterTimestampMonotonic");
  const auto changed = see.moment("StateChangeTimestampMonotonic");
  const auto reload = last_reload(see);
  return entered && changed && *entered + 1s < *changed && (!reload || *reload + 1s < *changed);
}

// Returns whether the unit has no process. Nothing while that is pending.
Observed<bool> is_empty(View& see) {
  const auto& cgroup = see.observed("ControlGroup");
  if (!cgroup) {
    return cgroup.unseen();
  }
  const std::string path = see.text("ControlGroup");
  if (path.empty()) {
    return true;
  }
  const auto& members = see[MembersKey{path}];
  if (!members) {
    return members.unseen().reason == "gone" ? Observed(true) : members.unseen();
  }
  return std::ranges::all_of(*members, &Member::is_zombie);
}

std::optional<Finding> nothing_left(View& see, const std::string& expected) {
  const bool may_be = leaves_daemon(see.text("Type")) &&
                      see.property<bool>("RemainAfterExit").value_or(false) && has_run(see);
  const auto empty = may_be ? is_empty(see) : Observed(false);
  if (!empty) {
    return unknown(state_subject, expected, empty.unseen());
  }
  if (!*empty) {
    return std::nullopt;
  }
  return fail({.subject = state_subject,
               .reason = "nothing_left",
               .expected = expected,
               .observed = "active, but its processes have ended",
               .hint = inspect_then(see, "restart")});
}

// systemd stops a unit of which a process was killed, unless OOMPolicy= says that it goes on. The
// cgroup, and its count with it, is made for each run.
std::optional<Finding> killed(View& see, const std::string& expected) {
  const std::string cgroup = see.text("ControlGroup");
  if (see.text("OOMPolicy") != "continue" || cgroup.empty()) {
    return std::nullopt;
  }
  const auto& settings = see[CgroupKey{cgroup}];
  const auto count = settings ? settings->find("oom_kill") : CgroupKey::Fact::const_iterator();
  if (!settings || count == settings->end() ||
      semantics::number<std::uint64_t>(count->second).value_or(0) == 0) {
    return std::nullopt;  // without the controller, no process is killed for the unit's limit
  }
  return fail(
      {.subject = state_subject,
       .reason = "oom_kill",
       .expected = expected,
       .observed = "active, but a process of it was killed because memory ran out",
       .hint = restart_advice(
           see, "read " + journalctl(see) + ", raise MemoryMax= or lower what the service uses")});
}

// The next open(2) or accept(2) of a process without descriptors fails. Where the kernel does not
// count those of another user's process, nothing is known of them.
std::optional<Finding> exhausted(View& see, const std::string& expected) {
  constexpr std::uint64_t too_many = 9;  // tenths
  const auto pid = see.property<std::uint64_t>("MainPID").value_or(0);
  if (pid == 0) {
    return std::nullopt;
  }
  const auto& used = see[DescriptorsKey{static_cast<std::uint32_t>(pid)}];
  if (!used || *used < too_many) {
    return std::nullopt;
  }
  return fail({.subject = state_subject,
               .reason = "exhausted",
               .expected = expected,
               .observed = "active, but its main process has used up its descriptors",
               .hint = restart_advice(see, "raise LimitNOFILE= or find what leaves files open")});
}

std::optional<Finding> reload_failed(View& see, const std::string& expected) {
  const std::string result = see.text("ReloadResult");
  if (result.empty() || result == "success") {
    return std::nullopt;
  }
  return fail({.subject = state_subject,
               .reason = "reload_failed",
               .expected = expected,
               .observed = "active, but its last reload failed: " + result,
               .hint = "read " + journalctl(see) + ", correct its configuration, then run " +
                       systemctl(see, "reload")});
}
}  // namespace

std::optional<Finding> run_fault(View& see, const Unit& unit, const std::string& expected,
                                 bool sub_expected) {
  std::optional<Finding> found;
  if (unit.sub != "exited") {
    found = killed(see, expected);
    found = found ? found : exhausted(see, expected);
  } else if (!sub_expected) {
    found = nothing_left(see, expected);
  }
  return found ? found : reload_failed(see, expected);
}
}  // namespace checklist::checks
