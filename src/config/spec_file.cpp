// SPDX-License-Identifier: MIT
#include "config/spec_file.hpp"

#include <algorithm>

#include "config/bounded.hpp"
#include "config/names.hpp"
#include "config/severities.hpp"

namespace checklist::config {
namespace {
constexpr std::int64_t day = 24LL * 60 * 60 * 1000;

struct File {
  std::string schema;
  UnitName unit;
  UserName user;
  Heading group{"other"};
  bool enabled = true;
  Severities severity;
  SpanWithin<0, day> settle{std::chrono::seconds{30}};
  Switches<CheckDef> checks;
};

constexpr std::tuple fields{
    Field{"$schema", &File::schema, "the schema's place, for editors; ignored otherwise"},
    Field{"unit", &File::unit, "the unit's name or an alias, as for systemctl"},
    Field{"user", &File::user, "the user whose manager runs the unit; default: the system manager"},
    Field{"group", &File::group, "the heading of its group in reports"},
    Field{"enabled", &File::enabled, "false: the unit must not run; only the check toggles runs"},
    Field{"severity", &File::severity,
          "the severity of a failure; an object gives it by check, and as \"default\" the unit's"},
    Field{"settle", &File::settle,
          "how long after a start missing listeners and failed probes are accepted"},
    Field{"checks", &File::checks, "parameters by check; true: the defaults, false: off"}};

Findings skipped(View& /*see*/) {
  return {{.status = Status::skip,
           .subject = "unit",
           .reason = "disabled",
           .expected = {},
           .observed = {},
           .hint = {},
           .details = "the spec says enabled: false"}};
}

// Defaults set parameters and may switch a check off; only a spec switches a check on.
void bind_check(const Named<CheckDef>& check, const Switch* own, const Switch* preset,
                Service& service, ConfigErrors& errors) {
  const auto& [name, def] = check;
  Spec& spec = service.spec;
  const bool on = own != nullptr
                      ? own->has_value()
                      : runs_by_default(def->runs, spec.unit) && (preset == nullptr || *preset);
  if (on && !applies_to(def->runs, spec.unit)) {
    errors.push_back(
        {"/checks/" + std::string(name), "a timer as the unit", "'" + spec.unit + "'"});
    return;
  }
  if (!on) {
    if (own != nullptr || preset != nullptr) {
      spec.switched_off.insert(std::string(name));
    }
    return;
  }
  const std::string at = "/checks/" + std::string(name);
  const Dict under = preset != nullptr ? preset->value_or(Dict{}) : Dict{};
  const Dict arguments = merged(under, own != nullptr ? **own : Dict{});
  ConfigErrors found;
  BoundCheck bound = def->bind(arguments, at, found);
  const ConfigErrors in_defaults = errors_in(*def, under, at);
  std::ranges::copy_if(found, std::back_inserter(errors), [&](const ConfigError& error) {
    return std::ranges::find(in_defaults, error) == in_defaults.end();
  });
  if (own != nullptr || !arguments.empty()) {
    spec.checks.emplace(name, arguments);
  }
  service.checks.push_back(
      {name,
       spec.enabled || def->traits.runs_when_disabled ? std::move(bound) : BoundCheck(skipped),
       def->traits, severity_of(spec, name, def->traits.kind)});
}
}  // namespace

Service read_spec(const Dict& given, const Switches<CheckDef>& defaults, ConfigErrors& errors) {
  const File file = read<File>(given, fields, "", errors);
  if (!given.contains("unit")) {
    errors.push_back({"/unit", "the name of a unit", "nothing"});
  }
  Service service;
  service.spec = {.unit = file.unit.name,
                  .user = file.user.name,
                  .group = file.group.name,
                  .enabled = file.enabled,
                  .severity = file.severity.of_unit,
                  .severities = file.severity.of_checks,
                  .settle = file.settle.length,
                  .checks = {},
                  .switched_off = {},
                  .file = {}};
  for (const auto& check : all_checks()) {
    bind_check(check, file.checks.find(check.name), defaults.find(check.name), service, errors);
  }
  return service;
}

Dict spec_schema() {
  Dict out = schema<File>(fields);
  out["required"] = Value{Values{Value{std::string("unit")}}};
  return out;
}
}  // namespace checklist::config
