// SPDX-License-Identifier: MIT
#include "ctl/standalone.hpp"

#include <algorithm>
#include <iostream>
#include <optional>

#include <CLI/CLI.hpp>

#include "config/configuration.hpp"
#include "ctl/standalone_engine.hpp"
#include "ctl/units.hpp"
#include "semantics/time/span.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration longest_observation = 12s;  // until every fact is known

// Returns the configuration, and replaces the units that were named by those of the specs. Returns
// nothing if there are errors; those of files have been printed.
std::optional<config::Configuration> configuration(StandaloneOptions& options,
                                                   const config::Locations& from,
                                                   std::vector<std::string>& errors) {
  config::Loaded loaded = config::load(from);
  for (const config::Problem& problem : loaded.problems) {
    std::cerr << config::text(problem) << "\n";
  }
  if (!loaded.problems.empty()) {
    return std::nullopt;
  }
  if (config::spec_count(loaded.configuration) == 0) {
    errors.push_back(config::no_specs_found(from));
    if (from.directories_required) {
      return std::nullopt;
    }
    std::cerr << "checklistctl: " << errors.back() << "\n";
  }
  Selection selection = select_units(options.units, units_of(loaded.configuration));
  options.units = std::move(selection.units);
  errors = std::move(selection.errors);
  return errors.empty() ? std::optional(std::move(loaded.configuration)) : std::nullopt;
}

// Returns the report of the named units, or nothing if the manager has not responded.
std::optional<Report> observed(const StandaloneEngine& engine, const StandaloneOptions& options) {
  const auto whole = engine.report();
  if (!whole) {
    return std::nullopt;
  }
  Report report = *whole;
  keep(report, options.units, own_manager(options.user));
  return report;
}

std::optional<Report> observe(const StandaloneOptions& options, const config::Locations& from,
                              config::Configuration configuration, Duration wait,
                              const Enough& enough) {
  StandaloneEngine engine(!from.user.empty(), std::move(configuration), options.state_directory);
  (void)engine.settle(longest_observation);
  const auto seen_enough = [&engine, &options, &enough] {
    const auto report = observed(engine, options);
    return report && enough(*report);
  };
  if (wait > 0s && !seen_enough()) {
    engine.observe_until(seen_enough, std::min(wait, longest_wait));
  }
  return observed(engine, options);
}
}  // namespace

void add_standalone_options(CLI::App& command, StandaloneOptions& options) {
  add_location_options(command, options);
  command
      .add_option("--state-dir", options.state_directory,
                  "State directory of the daemon, read only")
      ->type_name("DIR");
  command.add_option("--wait", options.wait, "Wait up to SPAN for all checks to pass, such as 5m")
      ->type_name("SPAN");
}

StandaloneReport run_checks(const StandaloneOptions& given, const Enough& enough) {
  StandaloneOptions options = given;
  const auto wait = semantics::parse_span(options.wait);
  if (!wait) {
    return {.refused = Exit::usage,
            .errors = {"--wait: '" + options.wait +
                       "': expected a time span, such as 15m or \"1h 30s\""}};
  }
  const config::Locations from = locations(options);
  std::vector<std::string> errors;
  auto usable = configuration(options, from, errors);
  if (!usable) {
    return {.refused = Exit::usage, .errors = std::move(errors)};
  }
  auto report = observe(options, from, std::move(*usable), wait->length, enough);
  if (!report) {
    return {.refused = Exit::unknown, .errors = {"no response from the service manager"}};
  }
  return {.report = std::move(report)};
}
}  // namespace checklist::ctl
