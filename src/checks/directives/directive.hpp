// SPDX-License-Identifier: MIT
// Tables of unit file directives that a check judges: the syntax of each, how it is read from D-Bus
// and how values are compared.
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

// The syntax and the order of a directive's values. All functions are pure and accept any value.
struct DirectiveType {
  std::string_view spelling;  // the expected value, for an error message
  // Parses the assignments of a spec; a single value is one assignment.
  std::optional<Setting> (*parse)(const Directive&, const std::vector<std::string>& assignments);
  std::optional<Setting> (*read)(const Directive&, const Value& property);
  // Returns whether a unit with `has` is at least as strict as `wanted`.
  bool (*satisfies)(const Directive&, const Setting& has, const Setting& wanted);
  std::string (*print)(const Directive&, const Setting&);
  Dict (*schema)(const Directive&);
};

struct Directive {
  std::string_view name;  // in unit files, in specs, and on D-Bus
  const DirectiveType* type;
  std::string_view help;
  std::span<const std::string_view> words = {};  // weakest first, by number, or by bit
  std::string_view property = {};                // the D-Bus property, if its name differs
};

// A directive with the value that a spec expects.
struct ExpectedDirective {
  const Directive* directive = nullptr;
  Setting wanted;
  Value spelt;  // as the spec spells it
};

using ExpectedDirectives = std::vector<ExpectedDirective>;

// Returns a spec's value as assignments: yes or no for a boolean, one for each element of a list.
// Nothing if an element is no text, number or boolean, or spans lines.
std::optional<std::vector<std::string>> assignments(const Value& value);

// Parses a spec's value for this directive; reports an error if it is not one.
std::optional<ExpectedDirective> parse_expected(const Directive& directive, const Value& value,
                                                const std::string& at, ConfigErrors& errors);

// Returns what a unit has as an expectation, for capture.
ExpectedDirective expected_of(const Directive& directive, const Setting& has);

const Directive* find_directive(std::span<const Directive> table, std::string_view name);

// A check's fields: every directive of a table, and others.
template <class P, class... T>
struct DirectiveFields {
  std::span<const Directive> directives;
  ExpectedDirectives P::*expected;
  std::tuple<Field<P, T>...> others{};
};

// Counterparts of read(), print() and schema() in checklist/params/.
template <class P, class... T>
P read(const Dict& given, const DirectiveFields<P, T...>& fields, const std::string& at,
       ConfigErrors& errors) {
  std::vector<std::string_view> known;
  std::ranges::transform(fields.directives, std::back_inserter(known), &Directive::name);
  std::apply([&known](const auto&... other) { (known.push_back(other.key), ...); }, fields.others);
  ExpectedDirectives all;
  Dict others;
  for (const auto& [key, value] : given) {
    if (const Directive* directive = find_directive(fields.directives, key)) {
      if (auto expected = parse_expected(*directive, value, at + "/" + key, errors)) {
        all.push_back(std::move(*expected));
      }
    } else if (std::ranges::find(known, key) != known.end()) {
      others.emplace(key, value);
    } else {
      errors.push_back(
          {at + "/" + pointer_token(key), suggestion(key, known), "the unknown key '" + key + "'"});
    }
  }
  P out = checklist::read<P>(others, fields.others, at, errors);
  out.*fields.expected = std::move(all);
  return out;
}

template <class P, class... T>
Dict print(const P& params, const DirectiveFields<P, T...>& fields) {
  Dict out = checklist::print(params, fields.others);
  for (const ExpectedDirective& expected : params.*fields.expected) {
    out.insert_or_assign(std::string(expected.directive->name), expected.spelt);
  }
  return out;
}

template <class P, class... T>
Dict schema(const DirectiveFields<P, T...>& fields) {
  Dict out = checklist::schema<P>(fields.others);
  auto* properties = std::get_if<Dict>(&out.at("properties").as);
  for (const Directive& directive : fields.directives) {
    Dict entry = directive.type->schema(directive);
    entry["description"] = Value{std::string(directive.help)};
    properties->insert_or_assign(std::string(directive.name), Value{std::move(entry)});
  }
  return out;
}
}  // namespace checklist::checks
