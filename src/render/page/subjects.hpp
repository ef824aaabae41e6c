// SPDX-License-Identifier: MIT
// The subjects of the page: every unit and the host, in the order in which they are shown.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::render {
// Refers to the report, which must outlive the subject.
struct Subject {
  const ServiceReport* service;  // null: the host
  const std::vector<CheckResult>& checks;
  std::string name;  // unescaped, as shown_name()
  std::string href;  // of its page, relative to the main page
};

// Returns the units, and then the host, unless it has no checks.
std::vector<Subject> subjects_of(const Report& report);

// Returns the subject of that name, which is "host" for the host; nothing if there is none.
std::optional<Subject> find_subject(const Report& report, std::string_view unit,
                                    std::string_view manager);

// Returns the address of a unit's page, relative to the main page.
std::string unit_href(const ServiceReport& service);

// Returns the attributes by which the script filters an element of a subject whose worst status is
// `worst`; `service` is null for the host.
std::string filter_attributes(const ServiceReport* service, Status worst);
}  // namespace checklist::render
