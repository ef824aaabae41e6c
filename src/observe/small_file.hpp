// SPDX-License-Identifier: MIT
// The text of a small file, as those of /proc and /sys are.
#pragma once
#include <optional>
#include <string>

namespace checklist::observe {
// At most the first 64 KiB; nothing if it cannot be read.
std::optional<std::string> small_file(const std::string& path);
}  // namespace checklist::observe
