// SPDX-License-Identifier: MIT
#include "parse/exposure.hpp"

#include <cmath>

#include "semantics/text/fields.hpp"

namespace checklist::parse {
namespace {
using Groups = SyscallGroupsKey::Fact;

constexpr std::size_t most_lines = 4096;  // systemd 257 prints some 900

// Expands a group to system calls. Groups may contain groups; one that was expanded is not again.
void collect(const std::string& name, const Groups& groups, std::set<std::string>& expanded,
             std::set<std::string>& out) {
  const auto at = groups.find(name);
  if (at == groups.end() || !expanded.insert(name).second) {
    return;
  }
  for (const std::string& member : at->second) {
    if (member.starts_with('@')) {
      collect(member, groups, expanded, out);
    } else {
      out.insert(member);
    }
  }
}
}  // namespace

std::optional<double> exposure(std::string_view text) {
  constexpr std::string_view before = "Overall exposure level for ";
  const auto at = text.rfind(before);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const auto line = text.substr(at, text.find('\n', at) - at);
  const auto words = semantics::words(
      line.substr(line.rfind(':') == std::string_view::npos ? line.size() : line.find(": ") + 1));
  // One decimal digit, independent of the locale.
  const auto dot = words.empty() ? std::string_view::npos : words[0].find('.');
  if (dot == std::string_view::npos) {
    return std::nullopt;
  }
  const auto whole = semantics::number<unsigned>(words[0].substr(0, dot));
  const auto tenths = semantics::number<unsigned>(words[0].substr(dot + 1));
  return whole && tenths && *tenths < 10 ? std::optional(*whole + *tenths / 10.0) : std::nullopt;
}

Groups syscall_groups(std::string_view text) {
  Groups listed;
  std::string group;
  const auto lines = semantics::lines(text);
  if (lines.size() > most_lines) {
    return {};
  }
  for (const auto line : lines) {
    const auto words = semantics::words(line);
    if (words.empty() || words[0].starts_with('#')) {
      group = line.starts_with('#') ? "" : group;  // system calls that belong to no group
    } else if (line.starts_with('@')) {
      group = words[0];
      listed[group];
    } else if (!group.empty()) {
      listed[group].emplace(words[0]);
    }
  }
  Groups out;
  for (const auto& [name, members] : listed) {
    std::set<std::string> expanded;
    collect(name, listed, expanded, out[name]);
  }
  return out;
}
}  // namespace checklist::parse
