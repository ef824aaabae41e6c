// SPDX-License-Identifier: MIT
// The members of "checks", "defaults" and "host": parameters by check, true or false.
#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>

#include "checklist/check.hpp"

namespace checklist::config {
// The parameters given to a check; nothing if it is switched off. `true` means no parameters.
using Switch = std::optional<Dict>;

template <class Def>
struct Switches {
  std::map<std::string, Switch, std::less<>> given;
  bool operator==(const Switches&) const = default;

  // Returns what was given to a check; null if the check is not mentioned.
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
                                                         ConfigErrors& errors);
Dict switches_schema(Dict by_check);

// Returns the errors in the parameters alone, without missing ones: those may be given elsewhere.
template <class Def>
ConfigErrors errors_in(const Def& def, const Dict& parameters, const std::string& at) {
  ConfigErrors errors;
  def.bind(parameters, at, errors);
  std::erase_if(errors, [&](const ConfigError& e) { return !e.pointer.starts_with(at + "/"); });
  return errors;
}

// Returns `under` with the members of `over` in their place. Objects are merged recursively, lists
// are replaced.
Dict merged(Dict under, const Dict& over);
}  // namespace checklist::config

namespace checklist {
template <class Def>
struct ParameterType<config::Switches<Def>> {
  using Switches = config::Switches<Def>;

  static std::optional<Switches> parse(const Value& value, const std::string& at,
                                       ConfigErrors& errors) {
    std::vector<std::string_view> known;
    std::ranges::transform(config::all_of<Def>(), std::back_inserter(known), &Named<Def>::name);
    return Switches{config::read_switches(value, known, at, errors)};
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
