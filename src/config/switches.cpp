// SPDX-License-Identifier: MIT
#include "config/switches.hpp"

#include <algorithm>

namespace checklist::config {
std::map<std::string, Switch, std::less<>> read_switches(const Value& value,
                                                         const std::vector<std::string_view>& known,
                                                         const std::string& at,
                                                         ConfigErrors& errors) {
  std::map<std::string, Switch, std::less<>> out;
  const auto* object = value.get<Dict>();
  if (object == nullptr) {
    errors.push_back({at, "an object of parameters by check", describe(value)});
    return out;
  }
  for (const auto& [name, each] : *object) {
    const std::string here = at + "/" + pointer_token(name);
    const auto* flag = each.get<bool>();
    const auto* parameters = each.get<Dict>();
    if (std::ranges::find(known, name) == known.end()) {
      errors.push_back({here, suggestion(name, known), "the unknown check '" + name + "'"});
    } else if (flag == nullptr && parameters == nullptr) {
      errors.push_back({here, "an object of parameters, true or false", describe(each)});
    } else if (flag != nullptr && !*flag) {
      out.emplace(name, std::nullopt);
    } else {
      out.emplace(name, parameters != nullptr ? *parameters : Dict{});
    }
  }
  return out;
}

Dict switches_schema(Dict by_check) {
  for (auto& [name, parameters] : by_check) {
    parameters =
        Value{Dict{{"anyOf", Value{Values{std::move(parameters), Value{schema_type("boolean")}}}}}};
  }
  return {{"type", Value{std::string("object")}},
          {"additionalProperties", Value{false}},
          {"properties", Value{std::move(by_check)}}};
}

Dict merged(Dict under, const Dict& over) {
  for (const auto& [key, value] : over) {
    auto& slot = under[key];
    const auto* below = slot.get<Dict>();
    const auto* above = value.get<Dict>();
    slot = below != nullptr && above != nullptr ? Value{merged(*below, *above)} : value;
  }
  return under;
}
}  // namespace checklist::config
