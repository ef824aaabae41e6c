// SPDX-License-Identifier: MIT
#include "checks/state/unit_process.hpp"

#include <algorithm>
#include <vector>

#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

// /proc tells start times in ticks, rounded down.
constexpr Duration tick = 10ms;

template <class T>
T property(FactReader& look, const std::string& unit, const std::string& name) {
  const Value* value = look.at(PropertyKey{unit, name});
  const T* found = value != nullptr ? value->get<T>() : nullptr;
  return found != nullptr ? *found : T{};
}

bool is_up(ActiveState active) {
  return active == ActiveState::active || active == ActiveState::reloading ||
         active == ActiveState::refreshing;
}

// systemd starts control processes (ExecReload=, ExecStop=) in a cgroup of their own if the unit's
// is delegated.
bool is_control(const Member& member, std::uint64_t control) {
  return member.pid == control || member.cgroup == "/.control" ||
         member.cgroup.starts_with("/.control/");
}

// Processes from before the unit was last inactive were left over by another run.
UnitProcess oldest(std::vector<Member> members, std::uint64_t control, TimePoint earlier_ended) {
  std::erase_if(members, [&](const Member& member) {
    return member.is_zombie || is_control(member, control);
  });
  auto first = std::ranges::find_if(
      members, [&](const Member& member) { return member.started + tick >= earlier_ended; });
  first = first == members.end() ? members.begin() : first;
  return first == members.end()
             ? UnitProcess{.is_main = false}
             : UnitProcess{.pid = first->pid, .started = first->started + tick, .is_main = false};
}

Unseen unseen_members(const std::string& unit, const Unseen& why) {
  return {"no_main_process",
          "systemd knows no main process of " + unit +
              ", and the processes of its cgroup cannot be read: " + why.why,
          why.remedy};
}
}  // namespace

Observed<UnitProcess> unit_process(View& see, const std::string& unit) {
  if (semantics::unit_type(unit) != "service") {
    return UnitProcess{};
  }
  FactReader look(see);
  const auto main = property<std::uint64_t>(look, unit, "MainPID");
  if (main != 0) {
    const auto started = property<std::uint64_t>(look, unit, "ExecMainStartTimestampMonotonic");
    return UnitProcess{
        .pid = static_cast<std::uint32_t>(main),
        .started = is_set(started) ? std::optional(monotonic(started)) : std::nullopt};
  }
  const Unit* state = look.at(UnitKey{unit});
  const bool has_processes = state != nullptr && is_up(state->active);
  const std::string cgroup = has_processes ? look.text(unit, "ControlGroup") : std::string();
  if (look.gap()) {
    return *look.gap();
  }
  if (cgroup.empty()) {
    return UnitProcess{};
  }
  const auto control = property<std::uint64_t>(look, unit, "ControlPID");
  const auto earlier_ended = property<std::uint64_t>(look, unit, "InactiveEnterTimestampMonotonic");
  const auto& members = see[MembersKey{cgroup}];
  if (look.gap()) {
    return *look.gap();
  }
  if (members.pending()) {
    return members.unseen();
  }
  if (members) {
    return oldest(*members, control, monotonic(earlier_ended));
  }
  const Unseen why = members.unseen();
  return why.reason == "gone" ? Observed(UnitProcess{})
                              : Observed<UnitProcess>(unseen_members(unit, why));
}

const Process* running_process(FactReader& look, const std::string& unit) {
  const auto judged = unit_process(look.view(), unit);
  if (!judged) {
    look.miss(judged.unseen());
    return nullptr;
  }
  if (judged->pid == 0) {
    return nullptr;
  }
  const auto& process = look.view()[ProcessKey{judged->pid}];
  const bool has_ended = !process && process.unseen().reason == "gone";
  return has_ended ? nullptr : look.at(ProcessKey{judged->pid});
}
}  // namespace checklist::checks
