// SPDX-License-Identifier: MIT
#include "checks/definition/ignored_lines.hpp"

#include "checks/view/command.hpp"

namespace checklist::checks {
namespace {
constexpr std::size_t most_findings = 16;
constexpr auto expected = "systemd ignores no line of the unit's files";

// The manager's text may quote a value, which may be a secret: only its kind is shown.
std::string kind_of(const std::string& text) {
  if (text.find("Unknown key") != std::string::npos ||
      text.find("Unknown lvalue") != std::string::npos) {
    return "systemd ignores the line: its section has no such key";
  }
  if (text.find("Unknown section") != std::string::npos) {
    return "systemd ignores the section: there is none of this name";
  }
  if (text.find("outside of section") != std::string::npos) {
    return "systemd ignores the line: no section begins before it";
  }
  return "systemd ignores the line, or a part of it";
}

Finding ignored(const IgnoredLine& line, const View& see) {
  const std::string place =
      line.file + (line.line == 0 ? std::string() : ":" + std::to_string(line.line));
  return fail({.subject = place,
               .reason = "ignored_line",
               .expected = expected,
               .observed = kind_of(line.text),
               .hint = "correct " + place + ", then run " + daemon_reload(see),
               .details = line.text,
               .quotes_log = true});
}
}  // namespace

Findings ignored_lines(const std::string& id, View& see) {
  const auto& lines = see[IgnoredLinesKey{id}];
  if (!lines) {
    return {unknown("ignored lines", expected, lines.unseen())};
  }
  Findings out;
  for (const IgnoredLine& line : *lines) {
    const Finding one = ignored(line, see);
    const bool is_another = out.empty() || out.back().subject != one.subject;
    if (is_another && out.size() < most_findings) {
      out.push_back(one);
    }
  }
  return out;
}
}  // namespace checklist::checks
