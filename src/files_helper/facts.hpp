// SPDX-License-Identifier: MIT
// Files as root sees them, and how that is written down for the daemon.
#pragma once
#include <set>
#include <string>

#include "parse/file_facts.hpp"

namespace checklist::files {
// Looks at each path and at what each glob finds. No link is followed and nothing is opened but
// directories.
parse::FileFacts look(const std::set<std::string>& patterns);

// Writes the file whole and renames it, so that nobody reads half of it. Throws std::system_error.
void write(const std::string& path, const parse::FileFacts& facts);
}  // namespace checklist::files
