// SPDX-License-Identifier: MIT
// The text of a small file, as those of /proc and /sys are.
#pragma once
#include <cstddef>
#include <optional>
#include <string>

namespace checklist::observe {
// At most its beginning; nothing if it cannot be read, and errno says why.
std::optional<std::string> small_file(const std::string& path, std::size_t at_most = 65536);
}  // namespace checklist::observe
