// SPDX-License-Identifier: MIT
#include "semantics/system_calls.hpp"

#include "semantics/fields.hpp"

namespace checklist::semantics {
namespace {
// libseccomp knows this call of one architecture by the number of another one there, switch_endian,
// by which systemd tells of both.
constexpr std::string_view nameless = "sys_debug_setcontext";
}  // namespace

// What is allowed always holds @default; what is refused does not.
NameSet resolve_system_calls(const Assignments& demanded,
                             const std::map<std::string, std::set<std::string>>& groups) {
  std::vector<std::string> lines;
  for (const std::string& line : demanded.lines) {
    std::string resolved;
    const bool is_negated = line.starts_with('~');
    for (const auto word : words(std::string_view(line).substr(is_negated ? 1 : 0))) {
      const std::string name(word.substr(0, word.find(':')));
      const auto group = groups.find(name);
      const auto members = group != groups.end() ? group->second : std::set<std::string>{name};
      for (const std::string& member : members) {
        resolved += member == nameless ? "" : " " + member;
      }
    }
    lines.push_back((is_negated && !resolved.empty() ? "~" + resolved.substr(1) : resolved));
  }
  NameSet out = name_set(lines).value_or(NameSet{});
  if (const auto always = groups.find("@default"); !out.all_but && always != groups.end()) {
    out.names.insert(always->second.begin(), always->second.end());
  }
  return out;
}
}  // namespace checklist::semantics
