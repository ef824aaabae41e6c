// SPDX-License-Identifier: MIT
// Reads what a program that runs as root wrote for the daemon.
#pragma once
#include <optional>
#include <string>

namespace checklist::observe {
// Returns the contents of a regular file of at most 4 MiB that only root can have written; follows
// no symbolic link.
std::optional<std::string> roots_text(const std::string& path);
}  // namespace checklist::observe
