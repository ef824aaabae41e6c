// SPDX-License-Identifier: MIT
#include "config/spec_file.hpp"

#include <algorithm>

#include "config/bounded.hpp"
#include "config/names.hpp"

namespace checklist::config {
namespace {
constexpr std::int64_t day = 24LL * 60 * 60 * 1000;

struct File {
  std::string schema;
  UnitName unit;
  UserName user;
  Heading group{"other"};
  bool enabled = true;
  Severity severity = Severity::warning;
  SpanWithin<0, day> settle{std::chrono::seconds{30}};
  Switches<CheckDef> checks;
};

constexpr std::tuple fields{
    Field{"$schema", &File::schema, "where an editor finds this schema; not read otherwise"},
    Field{"unit", &File::unit, "the unit, as systemctl spells it; an alias is fine"},
    Field{"user", &File::user, "whose service manager it belongs to; without: the system's"},
    Field{"group", &File::group, "under which heading it stands"},
    Field{"enabled", &File::enabled, "false: it must not run; only toggles is checked"},
    Field{"severity", &File::severity, "how much a failure matters"},
    Field{"settle", &File::settle, "how long after its start listeners and probes may be missing"},
    Field{"checks", &File::checks, "parameters by check; true: with defaults, false: not at all"}};

Findings skipped(View& /*see*/) {
  return {{.status = Status::skip,
           .subject = "unit",
           .reason = "disabled",
           .expected = {},
           .observed = {},
           .hint = {},
           .details = "the spec says enabled: false"}};
}

// Defaults give parameters to a check and may switch it off; only a spec switches one on.
void bind_check(const Named<CheckDef>& check, const Switch* own, const Switch* preset,
                Service& service, ConfigErrors& mistakes) {
  const auto& [name, def] = check;
  Spec& spec = service.spec;
  const bool on = own != nullptr
                      ? own->has_value()
                      : runs_by_default(def->runs, spec.unit) && (preset == nullptr || *preset);
  if (on && !applies_to(def->runs, spec.unit)) {
    mistakes.push_back({"/checks/" + std::string(name), "it in the spec of a timer alone",
                        "it in that of '" + spec.unit + "'"});
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
  const ConfigErrors told_elsewhere = mistakes_in(*def, under, at);
  std::ranges::copy_if(found, std::back_inserter(mistakes), [&](const ConfigError& mistake) {
    return std::ranges::find(told_elsewhere, mistake) == told_elsewhere.end();
  });
  if (own != nullptr || !arguments.empty()) {
    spec.checks.emplace(name, arguments);
  }
  service.checks.push_back(
      {name,
       spec.enabled || def->traits.runs_when_disabled ? std::move(bound) : BoundCheck(skipped),
       def->traits});
}
}  // namespace

Service read_spec(const Dict& given, const Switches<CheckDef>& defaults, ConfigErrors& mistakes) {
  const File file = read<File>(given, fields, "", mistakes);
  if (!given.contains("unit")) {
    mistakes.push_back({"/unit", "the name of a unit", "nothing"});
  }
  Service service;
  service.spec = {.unit = file.unit.name,
                  .user = file.user.name,
                  .group = file.group.name,
                  .enabled = file.enabled,
                  .severity = file.severity,
                  .settle = file.settle.length,
                  .checks = {},
                  .switched_off = {},
                  .file = {}};
  for (const auto& check : all_checks()) {
    bind_check(check, file.checks.find(check.name), defaults.find(check.name), service, mistakes);
  }
  return service;
}

Dict spec_schema() {
  Dict out = schema<File>(fields);
  out["required"] = Value{Values{Value{std::string("unit")}}};
  return out;
}
}  // namespace checklist::config
