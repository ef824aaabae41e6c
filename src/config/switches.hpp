// SPDX-License-Identifier: MIT
// What stands under "checks", "defaults" and "host": parameters by check, or false.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>

#include "checklist/check.hpp"

namespace checklist::config {
// The parameters given to a check; nothing: it is switched off. `true` is no parameters.
using Switch = std::optional<Dict>;

template <class Def>
struct Switches {
  std::map<std::string, Switch, std::less<>> given;
  bool operator==(const Switches&) const = default;

  // What was given to a check; null when it is not named.
  [[nodiscard]] const Switch* find(std::string_view check) const {
    const auto at = given.find(check);
    return at != given.end() ? &at->second : nullptr;
  }
};

template <class Def>
std::span<const Named<Def>> all_of();

template <>
inline std::span<const Named<CheckDef>> all_of() {
  return all_checks();
}

template <>
inline std::span<const Named<HostCheckDef>> all_of() {
  return all_host_checks();
}

std::map<std::string, Switch, std::less<>> read_switches(const Value& value,
                                                         const std::vector<std::string_view>& known,
                                                         const std::string& at,
                                                         ConfigErrors& mistakes);
Dict switches_schema(Dict by_check);

// The mistakes in parameters by themselves; what is missing may be given elsewhere.
template <class Def>
ConfigErrors mistakes_in(const Def& def, const Dict& parameters, const std::string& at) {
  ConfigErrors mistakes;
  def.bind(parameters, at, mistakes);
  std::erase_if(mistakes, [&](const ConfigError& m) { return !m.pointer.starts_with(at + "/"); });
  return mistakes;
}

// `over` where it says something, `under` elsewhere; objects are merged in depth, lists are not.
Dict merged(Dict under, const Dict& over);
}  // namespace checklist::config

namespace checklist {
template <class Def>
struct ParameterType<config::Switches<Def>> {
  using Switches = config::Switches<Def>;

  static std::optional<Switches> parse(const Value& value, const std::string& at,
                                       ConfigErrors& mistakes) {
    std::vector<std::string_view> known;
    std::ranges::transform(config::all_of<Def>(), std::back_inserter(known), &Named<Def>::name);
    return Switches{config::read_switches(value, known, at, mistakes)};
  }

  static Value print(const Switches& /*switches*/) { return {}; }

  static Dict schema() {
    Dict by_check;
    for (const auto& [name, def] : config::all_of<Def>()) {
      Dict parameters = def->schema();
      parameters["description"] = Value{std::string(def->summary)};
      by_check[std::string(name)] = Value{std::move(parameters)};
    }
    return config::switches_schema(std::move(by_check));
  }
};
}  // namespace checklist
