// SPDX-License-Identifier: MIT
// The report as JSON (docs/api.md), and back from it: checklistctl reads the daemon's, and the
// system's instance what a user's instance publishes.
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"

#include "render/audience.hpp"
#include "render/per_service.hpp"

namespace checklist::render {
// One after the other: the part of a service is made once per change of that service.
class JsonReport {
 public:
  explicit JsonReport(Audience audience) : audience_(audience) {}

  std::string text(const Report& report);

 private:
  Audience audience_;
  PerService<std::string> services_;
};

std::string report_json(const Report& report, Audience audience = Audience::anyone);

// A report, or why the text is none: then the report is empty.
struct ParsedReport : Report {
  std::string mistake;  // "services/0/checks/2/since: expected …"
};

// Strict and bounded, for the text may come from anybody: every member has its type and range,
// names of units, managers and checks are made of the characters those have, and no unit of a
// manager stands twice. Members it does not know are passed over, so that a newer daemon can be
// read. Texts may still contain any character: who prints them escapes them.
ParsedReport parse_report(std::string_view text);

// As parse_report, for what one service manager's instance publishes: all units are of one manager,
// so that they stay distinct when the receiver says whose they are.
ParsedReport parse_published(std::string_view text);
}  // namespace checklist::render
