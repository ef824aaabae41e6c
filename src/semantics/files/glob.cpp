// SPDX-License-Identifier: MIT
#include "semantics/files/glob.hpp"

#include <fnmatch.h>

namespace checklist::semantics {
namespace {
bool matches(const std::string& pattern, const std::string& text) {
  return ::fnmatch(pattern.c_str(), text.c_str(), FNM_PATHNAME) == 0;
}
}  // namespace

bool matches(const PathGlob& glob, const std::string& path) {
  return matches(glob.pattern, path);
}

bool matches(const FileGlob& glob, const std::string& path) {
  const bool is_name = glob.pattern.find('/') == std::string::npos;
  return matches(glob.pattern, is_name ? path.substr(path.rfind('/') + 1) : path);
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::PathGlob> ParameterType<semantics::PathGlob>::parse(const Value& value) {
  const auto* text = value.get<std::string>();
  return text != nullptr && text->starts_with('/') ? std::optional(semantics::PathGlob{*text})
                                                   : std::nullopt;
}

Dict ParameterType<semantics::PathGlob>::schema() {
  return {{"type", Value{std::string("string")}}, {"pattern", Value{std::string("^/")}}};
}

std::optional<semantics::FileGlob> ParameterType<semantics::FileGlob>::parse(const Value& value) {
  const auto* text = value.get<std::string>();
  const bool is_one = text != nullptr && !text->empty() &&
                      (text->starts_with('/') || text->find('/') == std::string::npos);
  return is_one ? std::optional(semantics::FileGlob{*text}) : std::nullopt;
}

Dict ParameterType<semantics::FileGlob>::schema() {
  return {{"type", Value{std::string("string")}}, {"pattern", Value{std::string("^(/|[^/]+$)")}}};
}
}  // namespace checklist
