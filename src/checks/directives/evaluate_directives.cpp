// SPDX-License-Identifier: MIT
#include "checks/directives/evaluate_directives.hpp"

#include <algorithm>

#include "checks/definition/next_start.hpp"
#include "checks/directives/limit_types.hpp"
#include "checks/directives/rlimit_types.hpp"
#include "checks/directives/system_calls.hpp"
#include "checks/state/phase.hpp"

namespace checklist::checks {
namespace {
constexpr std::size_t longest_list = 100;  // characters

std::string shown(const Directive& directive, const Setting& setting) {
  const std::string out = directive.type->print(directive, setting);
  return out.empty() ? "(empty)" : out;
}

// Of a long set, shows only what exceeds the expected one.
std::string observation(const Directive& directive, const Setting& has, const Setting& wanted) {
  std::string whole = shown(directive, has);
  const auto* names = std::get_if<NameSet>(&has);
  const auto* allowed = std::get_if<NameSet>(&wanted);
  return whole.size() > longest_list && names != nullptr && allowed != nullptr
             ? "also allows " + excess(*names, *allowed)
             : whole;
}

// Returns whether the process was started before the unit's definition last changed. What is wrong
// in a cgroup is judged by the process as well.
bool has_previous_definition(View& see, const Observed<UnitProcess>& process) {
  const auto started = process ? process->started : std::nullopt;
  const auto& definition = see[DefinitionKey{see.unit()}];
  return started && definition && definition->changed && *started < *definition->changed;
}

Running running(View& see, Phase phase) {
  if (!is_judged(phase)) {
    return {};
  }
  return {.process = unit_process(see), .cgroup = see.text("ControlGroup")};
}

Finding judge_runtime(View& see, Finding finding, const Running& runs,
                      const Observed<RuntimeValue>& value) {
  if (!value) {
    const Unseen why = value.unseen();
    return why.reason == "gone" ? finding : unknown(finding.subject, finding.expected, why);
  }
  if (value->holds) {
    return finding;
  }
  finding.observed = value->shown;
  if (value->is_lost) {
    finding.reason = "restart_needed";
    finding.hint = restart_advice(see);
    return fail(std::move(finding));
  }
  if (has_previous_definition(see, runs.process)) {
    finding.reason = "restart_needed";
    finding.hint = restart_advice(see) + ": the unit still runs with its previous definition";
    return fail(std::move(finding));
  }
  finding.reason = "overridden";
  finding.hint = restart_advice(see, "find out what changed it besides the unit's definition");
  return unknown(std::move(finding));
}

// Returns "X=one and X=other", as in a unit file.
std::string spelt(const ExpectedDirective& expected) {
  std::string out;
  for (const std::string& each : assignments(expected.spelt).value_or(std::vector<std::string>())) {
    out += (out.empty() ? "" : " and ") + std::string(expected.directive->name) + "=" + each;
  }
  return out.empty() ? std::string(expected.directive->name) + "=" : out;
}

Finding evaluate_one(View& see, const ExpectedDirective& expected, const std::string& reason,
                     const Running& runs, const RuntimeProbe& probe) {
  const Directive& directive = *expected.directive;
  Finding finding;
  finding.subject = directive.name;
  finding.expected = shown(directive, expected.wanted);
  const auto wanted = resolved(see, expected);
  const auto has = configured(see, directive);
  if (!wanted || !has) {
    return unknown(finding.subject, finding.expected, (wanted ? has : wanted).unseen());
  }
  finding.observed = observation(directive, *has, *wanted);
  if (!directive.type->satisfies(directive, *has, *wanted)) {
    finding.reason = reason;
    finding.hint =
        restart_advice(see, "set " + spelt(expected) + " in the definition of " + see.unit());
    return fail(std::move(finding));
  }
  const auto value = probe(see, directive, *wanted, runs);
  return value ? judge_runtime(see, std::move(finding), runs, *value) : finding;
}
}  // namespace

Observed<Setting> resolved(View& see, const ExpectedDirective& expected) {
  if (const auto* share = std::get_if<Share>(&expected.wanted)) {
    const auto& machine = see[MachineKey{}];
    if (!machine) {
      return machine.pending() ? Observed<Setting>() : machine.unseen();
    }
    const bool of_tasks = expected.directive->type == &types::tasks;
    return Setting(part_of(of_tasks ? machine->tasks : machine->memory, *share));
  }
  if (const auto* lines = std::get_if<Assignments>(&expected.wanted)) {
    const auto& groups = see[SyscallGroupsKey{}];
    if (!groups) {
      return groups.pending() ? Observed<Setting>() : groups.unseen();
    }
    return Setting(resolve_system_calls(*lines, *groups));
  }
  return expected.wanted;
}

Observed<Setting> configured(View& see, const Directive& directive) {
  const std::string name(directive.property.empty() ? directive.name : directive.property);
  Observed<Value> seen = see.observed(name);
  if (seen && types::is_rlimit(*directive.type)) {
    const auto& soft = see.observed(name + "Soft");
    seen = soft ? Observed(Value{Values{*seen, *soft}}) : soft;
  }
  if (!seen) {
    return seen.pending() ? Observed<Setting>() : seen.unseen();
  }
  auto setting = directive.type->read(directive, *seen);
  if (directive.name == "DeviceAllow" && setting == Setting(NameSet{}) &&
      see.text("DevicePolicy") == "auto") {
    setting = NameSet{.all_but = true};  // an empty list then restricts nothing
  }
  return setting ? Observed(std::move(*setting))
                 : Observed<Setting>(Unseen{
                       "unsupported", "the type of the property " + name + " is not known", ""});
}

Findings evaluate_directives(View& see, const ExpectedDirectives& all, const std::string& reason,
                             const RuntimeProbe& probe) {
  const Phase phase = phase_of(see).phase;
  if (phase == Phase::unseen) {
    return {unknown("unit", "unit state is known", see[UnitKey{see.unit()}].unseen())};
  }
  if (phase == Phase::not_loaded) {
    return {skip({.subject = "unit",
                  .reason = "not_loaded",
                  .expected = "unit is loaded",
                  .observed = "the unit is not loaded"})};
  }
  const Running runs = running(see, phase);
  (void)
      see[DefinitionKey{see.unit()}];  // follow it from now on, so that a later change has its time
  Findings out;
  for (const ExpectedDirective& expected : all) {
    out.push_back(evaluate_one(see, expected, reason, runs, probe));
  }
  return out;
}
}  // namespace checklist::checks
