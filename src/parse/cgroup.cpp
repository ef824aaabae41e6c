// SPDX-License-Identifier: MIT
#include "parse/cgroup.hpp"

#include <algorithm>

namespace checklist::parse {
std::optional<std::string> unified_cgroup(std::string_view text) {
  constexpr std::string_view unified = "0::";
  constexpr std::string_view removed = " (deleted)";
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with(unified)) {
      line.remove_prefix(unified.size());
      line.remove_suffix(line.ends_with(removed) ? removed.size() : 0);
      return line.starts_with('/') ? std::optional(std::string(line)) : std::nullopt;
    }
  }
  return std::nullopt;
}
}  // namespace checklist::parse
