// SPDX-License-Identifier: MIT
// Lines of unit files that root alone can have written.
#pragma once
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"

namespace checklist::files {
// Returns the entries of the section [Service]; none if the path is no regular file, or one that
// users other than root can write.
std::vector<UnitFileEntry> service_entries(const std::string& path);
}  // namespace checklist::files
