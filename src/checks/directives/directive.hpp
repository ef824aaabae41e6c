// SPDX-License-Identifier: MIT
// Directives that a check judges by their own names, from tables: how each is spelt, read from
// D-Bus and compared.
#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "checklist/params/error.hpp"
#include "checklist/params/field.hpp"
#include "checklist/params/read.hpp"
#include "checklist/params/schema.hpp"

#include "checks/directives/setting.hpp"

namespace checklist::checks {
struct Directive;

// What directives of one kind have in common. All functions are pure and total.
struct Kind {
  std::string_view spelling;  // what a value is, for whoever wrote another
  // The assignments of a spec; one that gives a single value gives one assignment.
  std::optional<Setting> (*parse)(const Directive&, const std::vector<std::string>& assignments);
  std::optional<Setting> (*read)(const Directive&, const Value& property);
  // Whether a unit with `has` is at least what is wanted.
  bool (*suffices)(const Directive&, const Setting& has, const Setting& wanted);
  std::string (*print)(const Directive&, const Setting&);
  Dict (*schema)(const Directive&);
};

struct Directive {
  std::string_view name;  // in unit files, in specs, and on D-Bus
  const Kind* kind;
  std::string_view help;
  std::span<const std::string_view> words = {};  // from the weakest on, by number, or by bit
  std::string_view property = {};                // on D-Bus, where that has another name
};

struct Demand {
  const Directive* directive = nullptr;
  Setting wanted;
  Value spelt;
};

using Demands = std::vector<Demand>;

// A spec's value as assignments: yes and no for booleans, a list's elements one after the other.
std::optional<std::vector<std::string>> assignments(const Value& value);

// The demand that a spec makes of this directive; a mistake if it is none.
std::optional<Demand> parse_demand(const Directive& directive, const Value& value,
                                   const std::string& at, ConfigErrors& mistakes);

// Likewise, of what a unit has: for capture.
Demand demand_of(const Directive& directive, const Setting& has);

const Directive* find_directive(std::span<const Directive> table, std::string_view name);

// A check's fields: every directive of a table, and others beside them.
template <class P, class... T>
struct DirectiveFields {
  std::span<const Directive> directives;
  Demands P::*demands;
  std::tuple<Field<P, T>...> others{};
};

// Read, printed and described as the fields of checklist/params.hpp are, and found by their type.
template <class P, class... T>
P read(const Dict& given, const DirectiveFields<P, T...>& fields, const std::string& at,
       ConfigErrors& mistakes) {
  std::vector<std::string_view> known;
  std::ranges::transform(fields.directives, std::back_inserter(known), &Directive::name);
  std::apply([&known](const auto&... other) { (known.push_back(other.key), ...); }, fields.others);
  Demands demands;
  Dict others;
  for (const auto& [key, value] : given) {
    if (const Directive* directive = find_directive(fields.directives, key)) {
      if (auto demand = parse_demand(*directive, value, at + "/" + key, mistakes)) {
        demands.push_back(std::move(*demand));
      }
    } else if (std::ranges::find(known, key) != known.end()) {
      others.emplace(key, value);
    } else {
      mistakes.push_back(
          {at + "/" + pointer_token(key), suggestion(key, known), "the unknown key '" + key + "'"});
    }
  }
  P out = checklist::read<P>(others, fields.others, at, mistakes);
  out.*fields.demands = std::move(demands);
  return out;
}

template <class P, class... T>
Dict print(const P& params, const DirectiveFields<P, T...>& fields) {
  Dict out = checklist::print(params, fields.others);
  for (const Demand& demand : params.*fields.demands) {
    out.insert_or_assign(std::string(demand.directive->name), demand.spelt);
  }
  return out;
}

template <class P, class... T>
Dict schema(const DirectiveFields<P, T...>& fields) {
  Dict out = checklist::schema<P>(fields.others);
  auto* properties = std::get_if<Dict>(&out.at("properties").as);
  for (const Directive& directive : fields.directives) {
    Dict entry = directive.kind->schema(directive);
    entry["description"] = Value{std::string(directive.help)};
    properties->insert_or_assign(std::string(directive.name), Value{std::move(entry)});
  }
  return out;
}
}  // namespace checklist::checks
