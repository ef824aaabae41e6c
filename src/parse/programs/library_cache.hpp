// SPDX-License-Identifier: MIT
// Parses /etc/ld.so.cache, which ldconfig(8) writes for ld.so(8).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace checklist::parse {
// The paths of each library name, in the file's order.
using LibraryCache = std::map<std::string, std::vector<std::string>, std::less<>>;

// Returns nothing unless the file has the format of glibc 2.2 or later. Entries of other
// architectures are left out.
std::optional<LibraryCache> library_cache(std::string_view bytes);
}  // namespace checklist::parse
