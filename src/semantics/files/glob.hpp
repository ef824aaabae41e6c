// SPDX-License-Identifier: MIT
// Paths in specs that are compared with other paths: glob(7) patterns whose * and ? match no slash.
// PathPattern of file_rules.hpp is listed on the host instead, and so has stricter syntax.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
struct PathGlob {
  std::string pattern;  // absolute
  auto operator<=>(const PathGlob&) const = default;
};

bool matches(const PathGlob& glob, const std::string& path);

// A pattern without a slash matches the file's name alone.
struct FileGlob {
  std::string pattern;
  auto operator<=>(const FileGlob&) const = default;
};

bool matches(const FileGlob& glob, const std::string& path);
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::PathGlob> {
  static constexpr std::string_view expected =
      "an absolute path, or a pattern of one, as \"/nix/store/*/x.service\"";
  static std::optional<semantics::PathGlob> parse(const Value& value);

  static Value print(const semantics::PathGlob& glob) { return {glob.pattern}; }

  static Dict schema();
};

template <>
struct ParameterType<semantics::FileGlob> {
  static constexpr std::string_view expected =
      "a file's name or absolute path, or a pattern of one";
  static std::optional<semantics::FileGlob> parse(const Value& value);

  static Value print(const semantics::FileGlob& glob) { return {glob.pattern}; }

  static Dict schema();
};
}  // namespace checklist
