// SPDX-License-Identifier: MIT
#include "render/formats/markdown.hpp"

#include <algorithm>
#include <set>

#include "render/label.hpp"
#include "render/moment.hpp"
#include "render/page/html.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// Returns the text without any markup of its own. A URL does not become a link, because its text
// may come from a unit file or a process.
std::string plain(std::string_view text) {
  constexpr std::string_view active = "\\`*_[]|~$";
  std::string out;
  const std::string shown = printable(text);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const char c = shown[i];
    out += c == '&'                                   ? std::string("&amp;")
           : c == '<'                                 ? std::string("&lt;")
           : c == '>'                                 ? std::string("&gt;")
           : shown.compare(i, 3, "://") == 0          ? std::string("&#58;")
           : active.find(c) != std::string_view::npos ? std::string{'\\', c}
                                                      : std::string{c};
  }
  return out;
}

// A code span has no escapes, but a `|` ends the cell unless it is escaped.
std::string code(std::string_view text) {
  const std::string shown = printable(text);
  if (shown.empty() || shown.find('`') != std::string::npos) {
    return plain(text);
  }
  std::string out = "`";
  for (const char c : shown) {
    out += c == '|' ? std::string("\\|") : std::string{c};
  }
  return out + "`";
}

std::string hint(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto open = std::min(text.find('`'), text.size());
    const auto close = text.find('`', std::min(open + 1, text.size()));
    if (close == std::string_view::npos) {
      return out + plain(text);
    }
    out += plain(text.substr(0, open)) + code(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return out;
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) {
    out += " " + cell + " |";
  }
  return out + "\n";
}

std::string header(const std::vector<std::string>& cells) {
  return row(cells) + row(std::vector<std::string>(cells.size(), "---"));
}

std::string finding_row(const std::string& unit, const CheckResult& result,
                        const Finding& finding) {
  const WallTime since = result.track.since;
  return row({symbol_and_word(finding.status) +
                  (result.acknowledged ? " (" + plain(known_text(*result.acknowledged)) + ")" : ""),
              code(unit), code(result.check), plain(finding.subject), plain(finding.expected),
              plain(finding.observed), since == WallTime{} ? "" : moment(since),
              hint(finding.hint)});
}

std::string findings_table(const Report& report) {
  std::string out;
  for (const Status status : {Status::fail, Status::unknown}) {
    each_check(report, [&](const std::string& unit, const CheckResult& result) {
      for (const Finding& finding : not_passing(result)) {
        out += finding.status == status ? finding_row(unit, result, finding) : "";
      }
    });
  }
  return out.empty() ? ""
                     : "\n" +
                           header({"status", "unit", "check", "subject", "expected", "observed",
                                   "since", "what to do"}) +
                           out;
}

std::string units_table(const Report& report) {
  std::set<std::string> checks;
  for (const auto& service : report.services) {
    std::ranges::transform(service->checks, std::inserter(checks, checks.end()),
                           &CheckResult::check);
  }
  if (checks.empty()) {
    return "";
  }
  std::vector<std::string> cells{"unit"};
  std::ranges::transform(checks, std::back_inserter(cells), code);
  std::string out = "\n" + header(cells);
  for (const auto& service : report.services) {
    cells = {code(shown_name(*service))};
    for (const std::string& check : checks) {
      const auto at = std::ranges::find(service->checks, check, &CheckResult::check);
      cells.push_back(at == service->checks.end() ? "" : symbol_and_word(at->status()));
    }
    out += row(cells);
  }
  return out;
}

std::string host_table(const Report& report) {
  if (!report.host || report.host->checks.empty()) {
    return "";
  }
  std::string out = "\n" + header({"host", "status"});
  for (const CheckResult& result : report.host->checks) {
    out += row({code(result.check), symbol_and_word(result.status())});
  }
  return out;
}
}  // namespace

std::string markdown(const Report& report) {
  return "**" + totals(report) + "**\n" + findings_table(report) + units_table(report) +
         host_table(report);
}
}  // namespace checklist::render
