// SPDX-License-Identifier: MIT
#include "checks/directives/directives_held.hpp"

#include <algorithm>
#include <set>

#include "checks/directives/limit_kinds.hpp"
#include "checks/directives/rlimit_kinds.hpp"
#include "checks/directives/system_calls.hpp"
#include "checks/state/phase.hpp"
#include "checks/view/command.hpp"

namespace checklist::checks {
namespace {
constexpr std::size_t longest_list = 100;  // characters that a person still reads

std::string shown(const Directive& directive, const Setting& setting) {
  const std::string out = directive.kind->print(directive, setting);
  return out.empty() ? "nothing" : out;
}

// A long set by what is too much in it.
std::string observation(const Directive& directive, const Setting& has, const Setting& wanted) {
  std::string whole = shown(directive, has);
  const auto* names = std::get_if<NameSet>(&has);
  const auto* allowed = std::get_if<NameSet>(&wanted);
  return whole.size() > longest_list && names != nullptr && allowed != nullptr
             ? excess(*names, *allowed)
             : whole;
}

// What a demand means on this machine and with this systemd.
Observed<Setting> resolved(View& see, const Demand& demand) {
  if (const auto* share = std::get_if<Share>(&demand.wanted)) {
    const auto& machine = see[MachineKey{}];
    if (!machine) {
      return machine.pending() ? Observed<Setting>() : machine.unseen();
    }
    const bool of_tasks = demand.directive->kind == &kinds::tasks;
    return Setting(part_of(of_tasks ? machine->tasks : machine->memory, *share));
  }
  if (const auto* lines = std::get_if<Assignments>(&demand.wanted)) {
    const auto& groups = see[SyscallGroupsKey{}];
    if (!groups) {
      return groups.pending() ? Observed<Setting>() : groups.unseen();
    }
    return Setting(resolve_system_calls(*lines, *groups));
  }
  return demand.wanted;
}

// Whether the unit's main process was started by another definition than the one in force.
bool has_former_definition(View& see) {
  const auto started = see.moment("ExecMainStartTimestampMonotonic");
  const auto& definition = see[DefinitionKey{see.unit()}];
  return started && definition && definition->changed && *started < *definition->changed;
}

Running running(View& see, Phase phase) {
  if (!is_judged(phase)) {
    return {};
  }
  const auto pid = see.property<std::uint64_t>("MainPID").value_or(0);
  return {.pid = static_cast<std::uint32_t>(pid), .cgroup = see.text("ControlGroup")};
}

Finding& say(Finding& finding, Status status, std::string reason, std::string hint) {
  finding.status = status;
  finding.reason = std::move(reason);
  finding.hint = std::move(hint);
  return finding;
}

Finding held_in_force(View& see, Finding finding, const Observed<Evidence>& evidence) {
  if (!evidence) {
    const Unseen why = evidence.unseen();
    return why.reason == "gone" ? finding : unknown(finding.subject, finding.expected, why);
  }
  if (evidence->holds) {
    return finding;
  }
  finding.observed = evidence->shown;
  if (has_former_definition(see)) {
    return say(finding, Status::fail, "restart_needed",
               systemctl(see, "restart") + ": it still runs by its former definition");
  }
  return say(
      finding, Status::unknown, "overridden",
      "find out who changed it beside the unit's definition, then " + systemctl(see, "restart"));
}

// "X=one and X=other", as a unit file says it.
std::string spelt(const Demand& demand) {
  std::string out;
  for (const std::string& each : assignments(demand.spelt).value_or(std::vector<std::string>())) {
    out += (out.empty() ? "" : " and ") + std::string(demand.directive->name) + "=" + each;
  }
  return out.empty() ? std::string(demand.directive->name) + "=" : out;
}

Finding held_one(View& see, const Demand& demand, const std::string& reason, const Running& runs,
                 const Witness& witness) {
  const Directive& directive = *demand.directive;
  Finding finding;
  finding.subject = directive.name;
  finding.expected = shown(directive, demand.wanted);
  const auto wanted = resolved(see, demand);
  const auto has = configured(see, directive);
  if (!wanted || !has) {
    return unknown(finding.subject, finding.expected, (wanted ? has : wanted).unseen());
  }
  finding.observed = observation(directive, *has, *wanted);
  if (!directive.kind->suffices(directive, *has, *wanted)) {
    return say(finding, Status::fail, reason,
               "set " + spelt(demand) + " in the definition of " + see.unit() + ", then " +
                   systemctl(see, "restart"));
  }
  const auto evidence = witness(see, directive, *wanted, runs);
  return evidence ? held_in_force(see, std::move(finding), *evidence) : finding;
}
}  // namespace

Observed<Setting> configured(View& see, const Directive& directive) {
  const std::string name(directive.property.empty() ? directive.name : directive.property);
  Observed<Value> seen = see.observed(name);
  if (seen && kinds::is_rlimit(*directive.kind)) {
    const auto& soft = see.observed(name + "Soft");
    seen = soft ? Observed(Value{Values{*seen, *soft}}) : soft;
  }
  if (!seen) {
    return seen.pending() ? Observed<Setting>() : seen.unseen();
  }
  auto setting = directive.kind->read(directive, *seen);
  if (directive.name == "DeviceAllow" && setting == Setting(NameSet{}) &&
      see.text("DevicePolicy") == "auto") {
    setting = NameSet{.all_but = true};  // a list that is empty restricts nothing then
  }
  return setting ? Observed(std::move(*setting))
                 : Observed<Setting>(Unseen{
                       "unsupported", "systemd tells " + name + " in a way not known here", ""});
}

Findings held(View& see, const Demands& demands, const std::string& reason,
              const Witness& witness) {
  const Phase phase = life_of(see).phase;
  if (phase == Phase::unseen) {
    return {unknown("unit", "the unit's state is known", see[UnitKey{see.unit()}].unseen())};
  }
  if (phase == Phase::not_loaded) {
    return {{.status = Status::skip,
             .subject = "unit",
             .reason = "not_loaded",
             .expected = "judged where there is a definition",
             .observed = "the unit is not loaded",
             .hint = {},
             .details = {}}};
  }
  const Running runs = running(see, phase);
  (void)see[DefinitionKey{see.unit()}];  // followed from now on: a later change has its time
  Findings out;
  for (const Demand& demand : demands) {
    out.push_back(held_one(see, demand, reason, runs, witness));
  }
  return out;
}

Demands written(View& see, std::span<const Directive> table) {
  std::set<std::string> keys;
  auto files = see.list("DropInPaths");
  if (auto fragment = see.text("FragmentPath"); !fragment.empty()) {
    files.push_back(std::move(fragment));
  }
  for (const std::string& path : files) {
    const auto& file = see[UnitFileKey{path}];
    for (const auto& line : file ? file->directives : std::vector<UnitFileEntry>()) {
      keys.insert(line.key);
    }
  }
  Demands out;
  for (const Directive& directive : table) {
    const auto has = keys.contains(std::string(directive.name)) ? configured(see, directive)
                                                                : Observed<Setting>();
    if (has) {
      out.push_back(demand_of(directive, *has));
    }
  }
  return out;
}
}  // namespace checklist::checks
