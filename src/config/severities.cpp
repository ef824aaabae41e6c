// SPDX-License-Identifier: MIT
#include "config/severities.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "checklist/check.hpp"

namespace checklist {
namespace {
using One = ParameterType<Severity>;

constexpr std::string_view of_unit = "default";

std::vector<std::string_view> known_keys() {
  std::vector<std::string_view> out{of_unit};
  std::ranges::transform(all_checks(), std::back_inserter(out), &Named<CheckDef>::name);
  return out;
}
}  // namespace

std::optional<config::Severities> ParameterType<config::Severities>::parse(const Value& value,
                                                                           const std::string& at,
                                                                           ConfigErrors& errors) {
  config::Severities out;
  const auto* given = value.get<Dict>();
  if (given == nullptr) {
    out.of_unit = One::parse(value, at, errors).value_or(out.of_unit);
    return out;
  }
  const auto known = known_keys();
  for (const auto& [name, each] : *given) {
    const std::string place = at + "/" + name;
    if (std::ranges::find(known, name) == known.end()) {
      errors.push_back({place, suggestion(name, known), "'" + name + "'"});
    } else if (const auto severity = One::parse(each, place, errors); severity && name == of_unit) {
      out.of_unit = *severity;
    } else if (severity) {
      out.of_checks.emplace(name, *severity);
    }
  }
  return out;
}

Value ParameterType<config::Severities>::print(const config::Severities& severities) {
  if (severities.of_checks.empty()) {
    return One::print(severities.of_unit);
  }
  Dict out{{std::string(of_unit), One::print(severities.of_unit)}};
  for (const auto& [check, severity] : severities.of_checks) {
    out.emplace(check, One::print(severity));
  }
  return Value{std::move(out)};
}

Dict ParameterType<config::Severities>::schema() {
  const Value one{One::schema()};
  Dict by_check;
  for (const std::string_view key : known_keys()) {
    by_check.emplace(key, one);
  }
  const Dict object{{"type", Value{std::string("object")}},
                    {"additionalProperties", Value{false}},
                    {"properties", Value{std::move(by_check)}}};
  return {{"anyOf", Value{Values{one, Value{object}}}}};
}
}  // namespace checklist
