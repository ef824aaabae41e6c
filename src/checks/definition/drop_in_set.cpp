// SPDX-License-Identifier: MIT
#include "checks/definition/drop_in_set.hpp"

namespace checklist {
using checks::DropInSet;
using semantics::FileGlob;

std::optional<DropInSet> ParameterType<DropInSet>::parse(const Value& value, const std::string& at,
                                                         ConfigErrors& mistakes) {
  const auto* word = value.get<std::string>();
  if (word != nullptr && *word == "none") {
    return DropInSet{};
  }
  if (value.get<Values>() == nullptr) {
    mistakes.push_back({at, R"("none", or a list of drop-ins)", describe(value)});
    return std::nullopt;
  }
  auto all = ParameterType<std::vector<FileGlob>>::parse(value, at, mistakes);
  return all ? std::optional(DropInSet{std::move(*all)}) : std::nullopt;
}

Value ParameterType<DropInSet>::print(const DropInSet& set) {
  return set.all.empty() ? Value{std::string("none")}
                         : ParameterType<std::vector<FileGlob>>::print(set.all);
}

Dict ParameterType<DropInSet>::schema() {
  return {{"anyOf", Value{Values{Value{Dict{{"const", Value{std::string("none")}}}},
                                 Value{ParameterType<std::vector<FileGlob>>::schema()}}}}};
}
}  // namespace checklist
