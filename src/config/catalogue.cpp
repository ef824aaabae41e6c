// SPDX-License-Identifier: MIT
#include "config/catalogue.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "config/bounded.hpp"
#include "config/files.hpp"
#include "config/json_file.hpp"
#include "config/names.hpp"
#include "config/spec_file.hpp"
#include "generated/places.hpp"

namespace checklist::config {
namespace {
// Any JSON object; its members are validated by what it is used for.
struct Object {
  Dict members;
};

struct File {
  std::string schema;
  Heading summary;
  std::vector<std::string> units;
  std::vector<std::string> programs;
  Object spec;
  std::vector<Object> probes;
  bool plumbing = false;
};

constexpr std::tuple fields{
    Field{"$schema", &File::schema, "the schema's place, for editors; ignored otherwise"},
    Field{"summary", &File::summary, "what the service is, on one line"},
    Field{"units", &File::units, "patterns of the names under which distributions ship it"},
    Field{"programs", &File::programs, "patterns of the names of its programs"},
    Field{"spec", &File::spec, "what is known of every such unit: a spec without its unit"},
    Field{"probes", &File::probes,
          "parameters of health_probe to try; {listen} is an address on which the unit listens"},
    Field{"plumbing", &File::plumbing,
          "true: the distribution's own, which `capture --all` leaves out"}};
}  // namespace
}  // namespace checklist::config

namespace checklist {
template <>
struct ParameterType<config::Object> {
  static constexpr std::string_view expected = "an object";

  static std::optional<config::Object> parse(const Value& value) {
    const auto* members = value.get<Dict>();
    return members != nullptr ? std::optional(config::Object{*members}) : std::nullopt;
  }

  static Value print(const config::Object& object) { return {object.members}; }

  static Dict schema() { return schema_type("object"); }
};
}  // namespace checklist

namespace checklist::config {
namespace {
// Returns the object with `{listen}` replaced in its strings, so that it can be validated.
Dict with_address(const Dict& probe) {
  return with_listen(probe, "127.0.0.1:1");
}

// Keys of a spec that are one unit's own.
constexpr std::array<const char*, 3> of_one_unit{"unit", "user", "enabled"};

// Checks what the kind knows as a spec of its first unit would be checked.
void validate(const File& file, ConfigErrors& errors) {
  for (const char* key : of_one_unit) {
    if (file.spec.members.contains(key)) {
      errors.push_back({"/spec/" + std::string(key), "what holds for every unit of the kind",
                        "the key '" + std::string(key) + "'"});
    }
  }
  Dict spec = file.spec.members;
  spec["unit"] = Value{std::string("x.service")};
  ConfigErrors found;
  (void)read_spec(spec, {}, found);
  for (ConfigError& error : found) {
    // A kind may know a part of a check's parameters, and the host the rest.
    const bool is_of_whole_check = std::ranges::any_of(all_checks(), [&](const auto& check) {
      return error.pointer == "/checks/" + std::string(check.name);
    });
    if (!is_of_whole_check) {
      error.pointer = "/spec" + error.pointer;
      errors.push_back(std::move(error));
    }
  }
  const auto probe = std::ranges::find(all_checks(), "health_probe", &Named<CheckDef>::name);
  for (std::size_t i = 0; i < file.probes.size() && probe != all_checks().end(); ++i) {
    (void)probe->def->bind(with_address(file.probes[i].members), "/probes/" + std::to_string(i),
                           errors);
  }
  if (file.units.empty() && file.programs.empty()) {
    errors.push_back({"/units", "units or programs", "neither"});
  }
}
}  // namespace

Dict with_listen(const Dict& probe, const std::string& address) {
  static constexpr std::string_view place = "{listen}";
  Dict out = probe;
  for (auto& [key, value] : out) {
    if (const auto* given = value.get<std::string>()) {
      std::string text = *given;
      if (const auto at = text.find(place); at != std::string::npos) {
        value = Value{text.replace(at, place.size(), address)};
      }
    }
  }
  return out;
}

std::vector<std::string> catalogue_directories() {
  return {CHECKLIST_DATA_DIRECTORY "/catalogue", "/etc/checklistd/catalogue"};
}

Catalogue load_catalogue(const std::vector<std::string>& directories) {
  Catalogue out;
  for (const SpecFile& each : spec_files(directories, out.problems).files) {
    JsonFile json(each.path, out.problems);
    if (json.object() == nullptr) {
      continue;
    }
    ConfigErrors errors;
    File file = read<File>(*json.object(), fields, "", errors);
    validate(file, errors);
    json.refuse(errors);
    if (errors.empty()) {
      Kind kind{.name = std::filesystem::path(each.path).stem(),
                .summary = file.summary.name,
                .units = std::move(file.units),
                .programs = std::move(file.programs),
                .spec = std::move(file.spec.members),
                .probes = {},
                .plumbing = file.plumbing};
      std::ranges::transform(file.probes, std::back_inserter(kind.probes), &Object::members);
      out.kinds.push_back(std::move(kind));
    }
  }
  std::stable_partition(out.kinds.begin(), out.kinds.end(),
                        [](const Kind& kind) { return !kind.plumbing; });
  return out;
}

Dict kind_schema() {
  Dict out = schema<File>(fields);
  out["required"] = Value{Values{Value{std::string("summary")}}};
  Dict keys = *spec_schema().at("properties").get<Dict>();
  std::erase_if(keys, [](const auto& entry) {
    return entry.first == "$schema" ||
           std::ranges::find(of_one_unit, entry.first) != of_one_unit.end();
  });
  for (auto& [key, entry] : keys) {
    entry = Value{Dict{{"$ref", Value{"service.schema.json#/properties/" + key}}}};
  }
  Dict* properties = std::get_if<Dict>(&out["properties"].as);
  Dict* spec = std::get_if<Dict>(&(*properties)["spec"].as);
  (*spec)["properties"] = Value{std::move(keys)};
  (*spec)["additionalProperties"] = Value{false};
  return out;
}
}  // namespace checklist::config
