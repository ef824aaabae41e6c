// SPDX-License-Identifier: MIT
// Decides whether a file was written by root alone. The helper runs as root on the paths that specs
// name, so unprivileged users must not be able to write those specs.
#pragma once
#include <string>

namespace checklist::files {
// Returns whether the path, every directory above it and every symlink on the way are owned by root
// and writable only by root. Sticky directories (the Nix store) may be writable by others. Returns
// false if the path does not exist.
bool is_roots(const std::string& path);
}  // namespace checklist::files
