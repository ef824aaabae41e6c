// SPDX-License-Identifier: MIT
// The JSON file in which checklistd-files passes facts about files, globs and what processes hold
// to the unprivileged daemon.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/devices.hpp"
#include "checklist/facts/files.hpp"
#include "checklist/facts/processes.hpp"
#include "checklist/observed.hpp"

namespace checklist::parse {
// What the processes of a cgroup hold.
struct CgroupFacts {
  std::uint64_t id = 0;  // of the cgroup: another one of the same path may have replaced it
  Observed<HeldFiles> held{};
  bool operator==(const CgroupFacts&) const = default;
};

struct FileFacts {
  TimePoint made;  // when the files were looked at
  std::map<std::string, Observed<FileStatus>> files{};
  std::map<std::string, Observed<std::vector<std::string>>> globs{};
  std::map<std::string, Observed<Node>> nodes{};
  std::map<std::string, Observed<Program>> programs{};
  std::map<std::string, CgroupFacts> cgroups{};  // by path below the cgroup root
  bool operator==(const FileFacts&) const = default;
};

std::string print_file_facts(const FileFacts& facts);

// Returns nothing unless the text is exactly of the form that print_file_facts() writes.
std::optional<FileFacts> file_facts(std::string_view text);
}  // namespace checklist::parse
