// SPDX-License-Identifier: MIT
#include "checks/directives/system_calls.hpp"

#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
// On one architecture libseccomp gives this call the number of another, switch_endian, so systemd
// reports both by the other's name.
constexpr std::string_view nameless = "sys_debug_setcontext";

using Groups = std::map<std::string, std::set<std::string>>;

// Returns the line with every group replaced by its calls.
std::string resolved(std::string_view line, const Groups& groups) {
  std::string out;
  for (const auto word : semantics::words(line)) {
    const std::string name(word.substr(0, word.find(':')));
    const auto group = groups.find(name);
    for (const auto& member : group != groups.end() ? group->second : std::set{name}) {
      out += member == nameless ? "" : (out.empty() ? "" : " ") + member;
    }
  }
  return out;
}
}  // namespace

// An allow-list always contains @default; a deny-list does not.
NameSet resolve_system_calls(const Assignments& filter,
                             const std::map<std::string, std::set<std::string>>& groups) {
  std::vector<std::string> lines;
  for (const std::string& line : filter.lines) {
    const bool is_negated = line.starts_with('~');
    const std::string names = resolved(std::string_view(line).substr(is_negated ? 1 : 0), groups);
    lines.push_back(is_negated && !names.empty() ? "~" + names : names);
  }
  NameSet out = name_set(lines).value_or(NameSet{});
  if (const auto always = groups.find("@default"); !out.all_but && always != groups.end()) {
    out.names.insert(always->second.begin(), always->second.end());
  }
  return out;
}
}  // namespace checklist::checks
