// SPDX-License-Identifier: MIT
#include "semantics/drop_in_set.hpp"

namespace checklist {
using semantics::DropInSet;
using semantics::FileGlob;

std::optional<DropInSet> Reads<DropInSet>::parse(const Value& value, const std::string& at,
                                                 Mistakes& mistakes) {
  const auto* word = value.get<std::string>();
  if (word != nullptr && *word == "none") {
    return DropInSet{};
  }
  if (value.get<Values>() == nullptr) {
    mistakes.push_back({at, R"("none", or a list of drop-ins)", describe(value)});
    return std::nullopt;
  }
  auto all = Reads<std::vector<FileGlob>>::parse(value, at, mistakes);
  return all ? std::optional(DropInSet{std::move(*all)}) : std::nullopt;
}

Value Reads<DropInSet>::print(const DropInSet& set) {
  return set.all.empty() ? Value{std::string("none")}
                         : Reads<std::vector<FileGlob>>::print(set.all);
}

Dict Reads<DropInSet>::schema() {
  return {{"anyOf", Value{Values{Value{Dict{{"const", Value{std::string("none")}}}},
                                 Value{Reads<std::vector<FileGlob>>::schema()}}}}};
}
}  // namespace checklist
