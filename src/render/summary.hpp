// SPDX-License-Identifier: MIT
// The report in a line.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::render {
// How a person calls the unit: of a user's manager with its name, "jupyter.service (user:dev)".
std::string shown_name(const ServiceReport& service);

// Every check of every unit, then those of the host, under the unit "host".
using Visit = std::function<void(const std::string& unit, const CheckResult&)>;
void each_check(const Report& report, const Visit& visit);

// How many checks have each status, indexed by Status; those of the host count.
std::array<std::size_t, 4> tally(const Report& report);

std::string totals(const Report& report);  // "63 pass, 1 fail, 2 unknown, 4 skipped"

// For sd_notify(3) and titles: "63 of 65 checks pass; failing: llamacpp.service port_bindings".
std::string status_line(const Report& report);

// The worst status of those; of all units and host checks.
Status worst(const std::vector<CheckResult>& results);
Status worst(const Report& report);
}  // namespace checklist::render
