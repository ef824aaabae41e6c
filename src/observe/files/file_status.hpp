// SPDX-License-Identifier: MIT
// Reads the status of a path, and the matches of a glob(7) pattern.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "checklist/facts/files.hpp"
#include "checklist/observed.hpp"

namespace checklist::observe {
// How to treat symlinks in the directories of a path. Privileged programs use `refuse`: the owner
// of a directory could otherwise redirect them to any file. The last component is never followed.
enum class Links { follow, refuse };

// `root` is prepended to the path; empty outside tests. With Links::refuse the target of a symlink
// is computed from its text and not resolved.
Observed<FileStatus> file_status(const std::string& root, const std::string& path,
                                 Links links = Links::follow);

// If a pattern has more matches, they are unseen.
inline constexpr std::size_t most_matches = 1000;

struct Matches {
  Observed<std::vector<std::string>> paths;  // sorted, without the root
  std::set<std::string> directories;  // searched, without the root: a change in one of them may
                                      // change the paths
};

Matches matches_of(const std::string& root, const std::string& pattern,
                   Links links = Links::follow);
}  // namespace checklist::observe
