// SPDX-License-Identifier: MIT
// Converts a report to JSON and back (docs/api.md). checklistctl parses the daemon's report, and
// the system's instance those of users' instances.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checklist/report.hpp"

#include "render/about.hpp"
#include "render/audience.hpp"
#include "render/per_service.hpp"

namespace checklist::render {
// Serializes successive reports; the JSON of a service is cached until that service's report
// changes.
class JsonReport {
 public:
  explicit JsonReport(Audience audience) : audience_(audience) {}

  std::string text(const Report& report, const std::optional<About>& about = std::nullopt);

 private:
  Audience audience_;
  PerService<std::string> services_;
};

std::string report_json(const Report& report, Audience audience = Audience::anyone);

// A parsed report; if the text is invalid, `mistake` is set and the report is empty.
struct ParsedReport : Report {
  std::string mistake;  // "services/0/checks/2/since: expected …"
};

// Parses an untrusted text. Every member must have its type and range; names of units, managers and
// checks may contain only the characters that systemd allows, and no unit of a manager may occur
// twice. Size and nesting are limited. Unknown members are ignored, so that the report of a newer
// daemon can be parsed. Other texts may contain any character and must be escaped for output.
ParsedReport parse_report(std::string_view text);

// As parse_report(), but all units must have the same manager, because the receiver replaces it
// with the sender's.
ParsedReport parse_published(std::string_view text);
}  // namespace checklist::render
