// SPDX-License-Identifier: MIT
// What checklistd-files writes down for a daemon that may not look itself: files and globs, as
// facts, in JSON.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/files.hpp"
#include "checklist/observed.hpp"

namespace checklist::parse {
struct FileFacts {
  TimePoint made;  // when it was looked
  std::map<std::string, Observed<FileStatus>> files{};
  std::map<std::string, Observed<std::vector<std::string>>> globs{};
  bool operator==(const FileFacts&) const = default;
};

std::string print_file_facts(const FileFacts& facts);

// Nothing if it is not exactly what the former prints.
std::optional<FileFacts> file_facts(std::string_view text);
}  // namespace checklist::parse
