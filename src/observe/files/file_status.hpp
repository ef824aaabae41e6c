// SPDX-License-Identifier: MIT
// One look at a path, or at what a glob(7) pattern finds, as the fact.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "checklist/facts/files.hpp"
#include "checklist/observed.hpp"

namespace checklist::observe {
// What becomes of links on the way to a path. `refuse` is for whoever may look where the owner of a
// directory on the way may not: such a link leads anywhere. The path itself is never followed.
enum class Links { follow, refuse };

// `root` is put before the path; "/" in earnest. Where links are refused, a link's target is not
// resolved but only what it says.
Observed<FileStatus> file_status(const std::string& root, const std::string& path,
                                 Links links = Links::follow);

// At most so many paths are found; more are unseen.
inline constexpr std::size_t most_matches = 1000;

struct Matches {
  Observed<std::vector<std::string>> paths;  // sorted, without the root
  std::set<std::string> directories;  // in which it was looked, without the root: a change of one
                                      // may change the paths
};

Matches matches_of(const std::string& root, const std::string& pattern,
                   Links links = Links::follow);
}  // namespace checklist::observe
