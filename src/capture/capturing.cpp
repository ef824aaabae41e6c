// SPDX-License-Identifier: MIT
#include "capture/capturing.hpp"

#include <algorithm>

#include "checklist/check.hpp"
#include "checklist/facts/unit.hpp"

#include "capture/full.hpp"

namespace checklist::capture {
namespace {
// Returns the paths of the commands that the unit starts.
std::vector<std::string> programs(View& see) {
  std::vector<std::string> out;
  for (const Value& command : see.property<Values>("ExecStart").value_or(Values{})) {
    const auto* row = command.get<Values>();
    const auto* path = row != nullptr && !row->empty() ? row->front().get<std::string>() : nullptr;
    if (path != nullptr) {
      out.push_back(*path);
    }
  }
  return out;
}

// Returns the instances that are part of the unit, as postgresql@15-main.service is of
// postgresql.service, which has no process itself.
std::vector<std::string> instances(View& see) {
  const std::string& unit = see.unit();
  const std::string prefix = unit.substr(0, unit.rfind('.')) + '@';
  std::vector<std::string> out = see.list("ConsistsOf");
  std::erase_if(out, [&](const std::string& part) {
    return !part.starts_with(prefix) || !part.ends_with(".service");
  });
  std::ranges::sort(out);
  return out;
}

Findings identity(CapturedUnit& out, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  out.exists = unit && unit->load != LoadState::not_found;
  out.id = unit && !unit->id.empty() ? unit->id : see.unit();
  out.names = see.list("Names");
  out.instances = instances(see);
  out.programs = see.unit().ends_with(".service") ? programs(see) : std::vector<std::string>{};
  return {};
}

Findings arguments(CapturedCheck& out, const CheckDef& check, View& see) {
  out.arguments = check.capture(see);
  ConfigErrors errors;
  const BoundCheck bound = check.bind(out.arguments, "", errors);
  Findings found = errors.empty() ? bound(see) : Findings{};
  out.status = found.empty() ? Status::skip : worst(found);
  out.reasons.clear();
  for (const Finding& finding : found) {
    if (finding.status > Status::pass) {
      out.reasons.insert(finding.reason);
    }
  }
  return found;
}

// Writes whether the unit is one that must not run.
Findings off(CapturedUnit& out, const CheckDef& toggles, View& see) {
  const auto& unit = see[UnitKey{see.unit()}];
  if (!unit || unit->load == LoadState::not_found || unit->active == ActiveState::active) {
    out.is_off = false;  // without a look at what could start it
    return {};
  }
  Spec switched_off = see.spec();
  switched_off.enabled = false;
  View beside = see.beside(switched_off);
  ConfigErrors errors;
  const Findings found = toggles.bind({}, "", errors)(beside);
  out.is_off = worst(found) <= Status::pass;
  return {};
}
}  // namespace

config::Service capturing(std::shared_ptr<CapturedUnit> out, Depth depth) {
  config::Service service;
  service.spec.unit = out->unit;
  service.spec.user = out->user;
  service.checks.push_back({"unit", [out](View& see) { return identity(*out, see); }, {}});
  if (depth == Depth::full) {
    service.checks.push_back({"full",
                              [out](View& see) {
                                out->properties = properties(see);
                                return Findings{};
                              },
                              {}});
  }
  for (const auto& [name, def] : all_checks()) {
    if (!applies_to(def->runs, out->unit)) {
      continue;
    }
    CapturedCheck& part = out->checks[std::string(name)];
    service.checks.push_back(
        {name, [out, &part, def = def](View& see) { return arguments(part, *def, see); }, {}});
    if (def->traits.runs_when_disabled) {
      service.checks.push_back(
          {"off", [out, def = def](View& see) { return off(*out, *def, see); }, {}});
    }
  }
  return service;
}
}  // namespace checklist::capture
