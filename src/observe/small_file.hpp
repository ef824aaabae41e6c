// SPDX-License-Identifier: MIT
// Reads small files, such as those in /proc and /sys.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

namespace checklist::observe {
// Returns the contents, truncated to `at_most` bytes; nothing on errors, and sets errno.
std::optional<std::string> small_file(const std::string& path, std::size_t at_most = 65536);
}  // namespace checklist::observe
