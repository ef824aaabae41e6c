// SPDX-License-Identifier: MIT
#include "checks/definition/drop_in_set.hpp"

#include <algorithm>

namespace checklist::checks {
namespace {
using semantics::FileGlob;

bool is_drop_in(const FileGlob& glob, const DefinitionFile& file) {
  return semantics::matches(glob, file.path) || semantics::matches(glob, file.target);
}
}  // namespace

Findings drop_in_findings(const DropInSet& want, const Definition& definition, bool has_fragment) {
  Findings out;
  const auto first = definition.loaded.begin() + (has_fragment ? 1 : 0);
  for (const FileGlob& glob : want.all) {
    const bool is_there = std::any_of(first, definition.loaded.end(),
                                      [&](const auto& file) { return is_drop_in(glob, file); });
    if (!is_there) {
      out.push_back(fail({.subject = "drop-in " + glob.pattern,
                          .reason = "drop_in_missing",
                          .expected = "present",
                          .observed = "missing",
                          .hint = "restore the drop-in, or correct `drop_ins`"}));
    }
  }
  for (auto file = first; file != definition.loaded.end(); ++file) {
    const bool is_named = std::ranges::any_of(
        want.all, [&](const FileGlob& glob) { return is_drop_in(glob, *file); });
    if (!is_named) {
      out.push_back(fail({.subject = "drop-in " + file->path,
                          .reason = "drop_in_extra",
                          .expected = "no such drop-in",
                          .observed = "present",
                          .hint = "remove " + file->path + ", or add it to `drop_ins`"}));
    }
  }
  if (out.empty()) {
    const std::string all = want.all.empty() ? "none" : "exactly those named";
    out.push_back(pass({.subject = "drop-ins", .expected = all, .observed = all}));
  }
  return out;
}
}  // namespace checklist::checks

namespace checklist {
using checks::DropInSet;
using semantics::FileGlob;

std::optional<DropInSet> ParameterType<DropInSet>::parse(const Value& value, const std::string& at,
                                                         ConfigErrors& errors) {
  const auto* word = value.get<std::string>();
  if (word != nullptr && *word == "none") {
    return DropInSet{};
  }
  if (value.get<Values>() == nullptr) {
    errors.push_back({at, R"("none", or a list of drop-ins)", describe(value)});
    return std::nullopt;
  }
  auto all = ParameterType<std::vector<FileGlob>>::parse(value, at, errors);
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
