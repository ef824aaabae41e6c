// SPDX-License-Identifier: MIT
// Paths, types and modes of files in specs.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/names.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
// An absolute path or a glob(7) pattern.
struct PathPattern {
  std::string text;
  auto operator<=>(const PathPattern&) const = default;
};

bool is_glob(std::string_view path);

// Returns whether the path is absolute and no component is empty, "." or "..".
bool is_plain_path(std::string_view path);

// The permission bits, including set-user-ID, set-group-ID and sticky (inode(7)).
struct FileMode {
  std::uint32_t bits = 0;
  bool operator==(const FileMode&) const = default;
};

std::string mode_text(std::uint32_t bits);  // "0640"

enum class FileType { file, directory, symlink, socket, fifo, character, block };
}  // namespace checklist::semantics

namespace checklist {
template <>
inline constexpr auto names<semantics::FileType> =
    names_of<semantics::FileType>({{semantics::FileType::file, "file"},
                                   {semantics::FileType::directory, "directory"},
                                   {semantics::FileType::symlink, "symlink"},
                                   {semantics::FileType::socket, "socket"},
                                   {semantics::FileType::fifo, "fifo"},
                                   {semantics::FileType::character, "character"},
                                   {semantics::FileType::block, "block"}});

template <>
struct ParameterType<semantics::PathPattern> {
  static constexpr std::string_view expected =
      R"(an absolute path or glob without "." and "..", as "/etc/credstore/*")";
  static std::optional<semantics::PathPattern> parse(const Value& value);

  static Value print(const semantics::PathPattern& pattern) { return {pattern.text}; }

  static Dict schema();
};

template <>
struct ParameterType<semantics::FileMode> {
  static constexpr std::string_view expected = R"(a mode in octal digits, as "0640")";
  static std::optional<semantics::FileMode> parse(const Value& value);

  static Value print(semantics::FileMode mode) { return {semantics::mode_text(mode.bits)}; }

  static Dict schema();
};
}  // namespace checklist
