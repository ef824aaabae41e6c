// SPDX-License-Identifier: MIT
#include "checks/directives/directive.hpp"

namespace checklist::checks {
namespace {
std::optional<std::string> assignment(const Value& value) {
  if (const auto* text = value.get<std::string>()) {
    return *text;
  }
  if (const auto* flag = value.get<bool>()) {
    return *flag ? "yes" : "no";
  }
  if (const auto* number = value.get<std::int64_t>()) {
    return std::to_string(*number);
  }
  if (const auto* number = value.get<std::uint64_t>()) {
    return std::to_string(*number);
  }
  return std::nullopt;
}
}  // namespace

std::optional<std::vector<std::string>> assignments(const Value& value) {
  std::vector<std::string> out;
  const auto* list = value.get<Values>();
  for (const Value& each : list != nullptr ? *list : Values{value}) {
    const auto one = assignment(each);
    if (!one || one->find_first_of("\n\r") != std::string::npos) {
      return std::nullopt;
    }
    out.push_back(*one);
  }
  return out;
}

std::optional<ExpectedDirective> parse_expected(const Directive& directive, const Value& value,
                                                const std::string& at, ConfigErrors& errors) {
  const auto given = assignments(value);
  auto wanted = given ? directive.type->parse(directive, *given) : std::nullopt;
  if (!wanted) {
    errors.push_back({at, std::string(directive.type->spelling), describe(value)});
    return std::nullopt;
  }
  return ExpectedDirective{.directive = &directive, .wanted = std::move(*wanted), .spelt = value};
}

ExpectedDirective expected_of(const Directive& directive, const Setting& has) {
  const auto* flag = std::get_if<bool>(&has);
  return {.directive = &directive,
          .wanted = has,
          .spelt = flag != nullptr ? Value{*flag} : Value{directive.type->print(directive, has)}};
}

const Directive* find_directive(std::span<const Directive> table, std::string_view name) {
  const auto at = std::ranges::find(table, name, &Directive::name);
  return at == table.end() ? nullptr : &*at;
}
}  // namespace checklist::checks
