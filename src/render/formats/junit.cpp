// SPDX-License-Identifier: MIT
#include "render/formats/junit.hpp"

#include <array>

#include "render/label.hpp"
#include "render/moment.hpp"
#include "render/page/html.hpp"
#include "render/summary.hpp"

namespace checklist::render {
namespace {
// XML 1.0 has no way to write control characters and the noncharacters U+FFFE and U+FFFF.
std::string xml(std::string_view text) {
  std::string out = printable(text);
  for (const std::string_view noncharacter : {"\xef\xbf\xbe", "\xef\xbf\xbf"}) {
    for (auto at = out.find(noncharacter); at != std::string::npos; at = out.find(noncharacter)) {
      out.replace(at, noncharacter.size(), "\xef\xbf\xbd");
    }
  }
  return escaped(out, out.size());
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xml(value) + "\"";
}

std::string line(std::string_view name, const std::string& text) {
  return text.empty() ? "" : std::string(name) + ": " + xml(text) + "\n";
}

std::string body(const CheckResult& result, const Findings& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    out += xml(finding.subject) + " (" + xml(finding.reason) + ")\n" +
           line("expected", finding.expected) + line("observed", finding.observed) +
           line("details", finding.details) + line("hint", finding.hint);
  }
  return out + line("known", result.acknowledged ? known_text(*result.acknowledged) : "");
}

std::string outcome(const CheckResult& result) {
  if (result.status() == Status::pass) {
    return "";
  }
  if (result.status() == Status::skip) {
    return "<skipped" + attribute("message", decisive(result)) + "/>";
  }
  const Findings findings = not_passing(result);
  const std::string tag = result.status() == Status::fail ? "failure" : "error";
  const std::string reason = findings.empty() ? std::string() : findings.front().reason;
  return "<" + tag + attribute("message", decisive(result)) + attribute("type", reason) + ">" +
         body(result, findings) + "</" + tag + ">";
}

std::string test_case(const std::string& unit, const CheckResult& result) {
  const std::string opening = "    <testcase" + attribute("classname", unit) +
                              attribute("name", result.check) + " time=\"0\"";
  const std::string inner = outcome(result);
  return opening + (inner.empty() ? "/>\n" : ">" + inner + "</testcase>\n");
}

using Counts = std::array<std::size_t, 4>;

std::string counts_of(const Counts& counts) {
  const auto of = [&counts](Status status) {
    return std::to_string(counts.at(static_cast<std::size_t>(status)));
  };
  std::size_t total = 0;
  for (const std::size_t count : counts) {
    total += count;
  }
  return attribute("tests", std::to_string(total)) + attribute("failures", of(Status::fail)) +
         attribute("errors", of(Status::unknown)) + attribute("skipped", of(Status::skip));
}

std::string suite(const std::string& name, const std::vector<CheckResult>& results, WallTime made) {
  Counts counts{};
  std::string cases;
  for (const CheckResult& result : results) {
    ++counts.at(static_cast<std::size_t>(result.status()));
    cases += test_case(name, result);
  }
  return "  <testsuite" + attribute("name", name) + counts_of(counts) + " time=\"0\"" +
         attribute("timestamp", formatted(made, "%Y-%m-%dT%H:%M:%S")) + ">\n" + cases +
         "  </testsuite>\n";
}
}  // namespace

std::string junit(const Report& report) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"checklist\"" +
                    counts_of(tally(report)) + " time=\"0\">\n";
  for (const auto& service : report.services) {
    out += suite(shown_name(*service), service->checks, report.made);
  }
  if (report.host) {
    out += suite("host", report.host->checks, report.made);
  }
  return out + "</testsuites>\n";
}
}  // namespace checklist::render
