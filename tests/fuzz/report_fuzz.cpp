// SPDX-License-Identifier: MIT
// Reports: published by users' instances, which nothing vouches for, and read by checklistctl.
#include "fuzz/fuzz.hpp"
#include "render/report_json.hpp"

namespace checklist::fuzz {
const std::size_t longest = 16U << 20U;  // limits.report_bytes

void run(std::string_view input) {
  const render::ParsedReport report = render::parse_report(input);
  if (!report.mistake.empty()) {
    require(report.services.empty() && !report.host, "a refused report is empty");
    return;
  }
  const std::string text = render::report_json(report, render::Audience::journal_readers);
  const render::ParsedReport again = render::parse_report(text);
  require(again.mistake.empty(), "a printed report can be read");
  require(render::report_json(again, render::Audience::journal_readers) == text,
          "a printed report reads back equal");
  const render::ParsedReport published = render::parse_published(input);
  for (const auto& service : published.services) {
    require(service->manager == published.services.front()->manager, "all units have one manager");
  }
}
}  // namespace checklist::fuzz
