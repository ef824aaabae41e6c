// SPDX-License-Identifier: MIT
#include "render/finding_lines.hpp"

#include "render/label.hpp"
#include "render/moment.hpp"
#include "render/status_cell.hpp"
#include "render/summary.hpp"
#include "render/wrap.hpp"

namespace checklist::render {
namespace {
constexpr std::size_t heading_indent = 4;
constexpr std::size_t text_indent = 14;

Lines lines_of(const std::string& unit, const CheckResult& result, const Finding& finding,
               const Terminal& terminal) {
  const auto [word, ansi] = status_cell(finding.status);
  Lines out =
      wrapped(painted(word, ansi, terminal.colour) + "  " +
                  painted(printable(unit), bold, terminal.colour) + "  " + printable(result.check) +
                  "  " + printable(finding.subject) + " (" + printable(finding.reason) + ")",
              terminal.columns, heading_indent);
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) {
      const Lines lines = wrapped(std::string(heading_indent, ' ') + name + "  " + printable(text),
                                  terminal.columns, text_indent);
      out.insert(out.end(), lines.begin(), lines.end());
    }
  };
  const WallTime since = result.track.since;
  add("expected", finding.expected);
  add("observed", finding.observed);
  add("details ", finding.details);
  add("since   ", since == WallTime{} ? "" : moment(since));
  add("hint    ", finding.hint);
  add("known   ", result.acknowledged ? known_text(*result.acknowledged) : "");
  return out;
}
}  // namespace

std::vector<Lines> finding_lines(const Report& report, const Terminal& terminal) {
  std::vector<Lines> out;
  for (const Status status : {Status::fail, Status::unknown}) {
    each_check(report, [&](const std::string& unit, const CheckResult& result) {
      for (const Finding& finding : result.findings) {
        if (finding.status == status) {
          out.push_back(lines_of(unit, result, finding, terminal));
        }
      }
    });
  }
  return out;
}

std::string findings(const Report& report, const Terminal& terminal) {
  std::string out;
  for (const Lines& lines : finding_lines(report, terminal)) {
    for (const std::string& line : lines) {
      out += line + "\n";
    }
  }
  return out;
}
}  // namespace checklist::render
