// SPDX-License-Identifier: MIT
// Looks at what the next start of a unit needs where directories or files are closed to the daemon.
#pragma once
#include <set>
#include <string>

#include "files_helper/needed_paths.hpp"
#include "parse/file_facts.hpp"

namespace checklist::files {
// Adds the nodes on the way of each path that not everybody may search, and each program that not
// everybody may read, with its interpreters. Symbolic links and interpreters are followed only
// where none but root can have made them: others could lead to any file.
void look_at_closed(const NeededPaths& needed, parse::FileFacts& out);
}  // namespace checklist::files
