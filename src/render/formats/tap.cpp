// SPDX-License-Identifier: MIT
#include "render/formats/tap.hpp"

#include <numeric>

#include "render/label.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// A `#` in a description or a directive begins a directive unless it is escaped.
std::string description(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    out += c == '#' || c == '\\' ? std::string{'\\', c} : std::string{c};
  }
  return out;
}

// Returns a double-quoted YAML scalar.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable(text)) {
    out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  }
  return out + "\"";
}

std::string yaml(const Finding& finding) {
  std::string out;
  const auto entry = [&out](const char* key, std::string_view value) {
    out += std::string(out.empty() ? "    - " : "      ") + key + ": " + quoted(value) + "\n";
  };
  entry("status", text(finding.status));
  entry("subject", finding.subject);
  entry("reason", finding.reason);
  entry("expected", finding.expected);
  entry("observed", finding.observed);
  entry("details", finding.details);
  entry("hint", finding.hint);
  return out;
}

std::string diagnostics(const CheckResult& result) {
  std::string out = "  ---\n  status: " + quoted(text(result.status())) + "\n";
  const Findings findings = not_passing(result);
  out += findings.empty() ? "" : "  findings:\n";
  for (const Finding& finding : findings) {
    out += yaml(finding);
  }
  return out + "  ...\n";
}

std::string test(std::size_t number, const std::string& unit, const CheckResult& result) {
  const bool passes = result.status() <= Status::pass;
  std::string out = std::string(passes ? "ok " : "not ok ") + std::to_string(number) + " - " +
                    description(unit + " " + result.check);
  if (result.status() == Status::skip) {
    return out + " # SKIP " + description(decisive(result)) + "\n";
  }
  if (!passes && result.acknowledged) {
    out += " # TODO " + description(known_text(*result.acknowledged));
  }
  return out + "\n" + (passes ? "" : diagnostics(result));
}
}  // namespace

std::string tap(const Report& report) {
  const auto counts = tally(report);
  const auto total = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
  std::string out =
      "TAP version 13\n1.." + std::to_string(total) + (total == 0 ? " # SKIP no checks\n" : "\n");
  std::size_t number = 0;
  each_check(report, [&](const std::string& unit, const CheckResult& result) {
    out += test(++number, unit, result);
  });
  return out;
}

std::string tap_bail_out(std::string_view why) {
  return "TAP version 13\nBail out! " + printable(why) + "\n";
}
}  // namespace checklist::render
