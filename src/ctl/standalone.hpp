// SPDX-License-Identifier: MIT
// Checks the units without the daemon, for `check` and `gate`.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checklist/report.hpp"
#include "checklist/time.hpp"

#include "ctl/command.hpp"
#include "ctl/locations.hpp"

namespace checklist::ctl {
constexpr Duration longest_wait = std::chrono::hours(365 * 24);  // for --wait infinity

struct StandaloneOptions : LocationOptions {
  std::vector<std::string> units;
  std::string state_directory;
  std::string wait = "0";
};

// Adds the options, but not UNIT. `options` must outlive the parsing.
void add_standalone_options(CLI::App& command, StandaloneOptions& options);

struct StandaloneReport {
  std::optional<Report> report = std::nullopt;
  Exit refused = Exit::pass;             // if there is no report
  std::vector<std::string> errors = {};  // those of the configuration have been printed
};

// Returns whether the report ends the waiting.
using Enough = std::function<bool(const Report&)>;

// Loads the specs and observes until every fact is known, then until `enough` or --wait is over.
StandaloneReport run_checks(const StandaloneOptions& given, const Enough& enough);
}  // namespace checklist::ctl
