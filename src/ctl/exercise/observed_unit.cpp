// SPDX-License-Identifier: MIT
#include "ctl/exercise/observed_unit.hpp"

#include <algorithm>
#include <utility>

#include "checklist/check.hpp"

#include "semantics/net/address.hpp"
#include "semantics/text/fields.hpp"
#include "semantics/unit/definition_lines.hpp"

namespace checklist::ctl {
namespace {
// Returns the units that Also= of its files names.
std::vector<std::string> also_of(const std::vector<DefinitionFile>& files, View& see) {
  std::vector<std::string> out;
  for (const DefinitionFile& each : files) {
    const auto& file = see[UnitFileKey{each.path}];
    for (const UnitFileEntry& entry : file ? file->directives : std::vector<UnitFileEntry>{}) {
      if (entry.section == "Install" && entry.key == "Also") {
        for (const auto word : semantics::words(entry.value)) {
          out.emplace_back(word);
        }
      }
    }
  }
  return out;
}

std::set<std::string> addresses_of(View& see) {
  const auto check = std::ranges::find(all_checks(), "port_bindings", &Named<CheckDef>::name);
  const Dict captured = check->def->capture(see);
  const auto listen = captured.find("listen");
  const auto* list = listen != captured.end() ? listen->second.get<Values>() : nullptr;
  const auto all = list != nullptr ? texts(*list) : std::vector<std::string>{};
  return {all.begin(), all.end()};
}

void look_at_service(ObservedUnit& out, View& see) {
  out.result = see.text("Result");
  out.kill_mode = see.text("KillMode");
  out.is_oneshot =
      see.text("Type") == "oneshot" && !see.property<bool>("RemainAfterExit").value_or(false);
  if (std::string cgroup = see.text("ControlGroup"); !cgroup.empty()) {
    out.cgroup = std::move(cgroup);
  }
  out.processes.clear();
  if (out.cgroup.empty()) {
    return;
  }
  const auto& members = see[MembersKey{out.cgroup}];
  for (const Member& each : members ? *members : std::vector<Member>{}) {
    if (!each.is_zombie) {
      out.processes.push_back(each.pid);
    }
  }
}

Findings look(ObservedUnit& out, View& see) {
  if (const auto& unit = see[UnitKey{see.unit()}]) {
    out.seen = *unit;
  }
  out.names = see.list("Names");
  out.started = see.usec("InactiveExitTimestampMonotonic").value_or(0);
  out.may_start = see.property<bool>("CanStart").value_or(true);
  out.may_stop = see.property<bool>("CanStop").value_or(true);
  out.stops_when_unneeded = see.property<bool>("StopWhenUnneeded").value_or(false);
  for (const std::string& edge : observed_edges()) {
    out.edges[edge] = see.list(edge);
  }
  if (const auto& state = see[EnablementKey{see.unit()}]) {
    out.enablement = *state;
  }
  if (const auto& definition = see[DefinitionKey{see.unit()}]) {
    out.definition = semantics::definition_lines(*definition);
    out.also = also_of(std::vector(definition->on_disk), see);
  }
  if (see.unit().ends_with(".service")) {
    look_at_service(out, see);
  }
  out.addresses = addresses_of(see);
  const auto& listeners = see[ListenersKey{}];
  out.listeners = listeners ? *listeners : std::vector<Listener>{};
  return {};
}
}  // namespace

const std::vector<std::string>& observed_edges() {
  static const std::vector<std::string> out{
      "Requires",  "Wants",    "BindsTo",  "Requisite",  "RequiredBy",  "RequisiteOf",
      "BoundBy",   "WantedBy", "UpheldBy", "ConsistsOf", "TriggeredBy", "PropagatesStopTo",
      "OnSuccess", "Triggers"};
  return out;
}

config::Service observing(std::shared_ptr<ObservedUnit> out) {
  config::Service service;
  service.spec.unit = out->unit;
  service.checks.push_back({"unit", [out](View& see) { return look(*out, see); }, {}});
  return service;
}

std::set<std::string> held(const std::set<std::string>& addresses, const ObservedUnit& unit) {
  std::set<std::string> out;
  for (const std::string& text : addresses) {
    const auto declared = semantics::parse_address(text);
    for (const Listener& each : unit.listeners) {
      const auto found = semantics::address_of(each);
      if (declared &&
          (semantics::covers(found, *declared) || semantics::covers(*declared, found))) {
        out.insert(text + (each.cgroup.empty() ? "" : " by " + each.cgroup));
      }
    }
  }
  return out;
}
}  // namespace checklist::ctl
