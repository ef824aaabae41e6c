// SPDX-License-Identifier: MIT
// One-line summaries of a report.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "checklist/report.hpp"

namespace checklist::render {
// Returns the unit's name, followed by its manager unless that is the system's:
// "jupyter.service (user:dev)".
std::string shown_name(const ServiceReport& service);

using Visit = std::function<void(const std::string& unit, const CheckResult&)>;

// Calls `visit` for every check of every unit, then for those of the host with the unit "host".
void each_check(const Report& report, const Visit& visit);

// Returns the number of checks by status, indexed by Status, including those of the host.
std::array<std::size_t, 4> tally(const Report& report);
std::array<std::size_t, 4> tally(const std::vector<CheckResult>& results);

std::string totals(const Report& report);  // "63 pass, 1 fail, 2 unknown, 4 skipped"

// Returns "63 of 65 checks pass; failing: llamacpp.service port_bindings", for sd_notify(3) and
// titles. At most three failures are named.
std::string status_line(const Report& report);

// Returns the findings that fail or are unknown, failures first.
Findings not_passing(const CheckResult& result);

// Returns what was observed by the finding that decides: the first of the worst.
std::string decisive(const CheckResult& result);

// Returns "acknowledged until 2026-12-24 18:00:00 UTC by dev: moves on Monday".
std::string known_text(const Acknowledgement& acknowledgement);

// Returns Status::skip if there are no checks.
Status worst(const std::vector<CheckResult>& results);
Status worst(const Report& report);
}  // namespace checklist::render
