// SPDX-License-Identifier: MIT
// The subjects of the page: the host and every unit, in the order in which they are shown.
#pragma once
#include <string>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::render {
// `checks` refers to the report, which must outlive the subject.
struct Subject {
  std::string id;            // of its HTML element
  std::string name;          // unescaped, as shown_name()
  std::string group;         // empty for the host
  std::string severity;      // empty for the host
  std::string state;         // "active (running)", unescaped
  std::string details_html;  // entries of a description list
  const std::vector<CheckResult>& checks;
};

// Returns the host, unless it has no checks, and then the units.
std::vector<Subject> subjects_of(const Report& report);

// Returns the attributes by which the script filters the element of a subject whose worst status is
// `worst`.
std::string filter_attributes(const Subject& subject, Status worst);
}  // namespace checklist::render
