// SPDX-License-Identifier: MIT
// File systems of the host on which the start of a service cannot make a file.
#pragma once
#include <string>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Returns whether the path is on a file system that is mounted read-only, or that is the kernel's.
// What cannot be seen counts as writable.
bool is_on_read_only_mount(const std::string& path, FactReader& look);
}  // namespace checklist::checks
