// SPDX-License-Identifier: MIT
// The JSON file in which checklistd-files passes facts about files and globs to the unprivileged
// daemon.
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
  TimePoint made;  // when the files were looked at
  std::map<std::string, Observed<FileStatus>> files{};
  std::map<std::string, Observed<std::vector<std::string>>> globs{};
  bool operator==(const FileFacts&) const = default;
};

std::string print_file_facts(const FileFacts& facts);

// Returns nothing unless the text is exactly of the form that print_file_facts() writes.
std::optional<FileFacts> file_facts(std::string_view text);
}  // namespace checklist::parse
