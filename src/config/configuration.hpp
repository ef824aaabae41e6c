// SPDX-License-Identifier: MIT
// The configuration, loaded and validated as a whole before any of it is used.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/check.hpp"
#include "checklist/limits.hpp"
#include "checklist/optional_metrics.hpp"
#include "checklist/spec.hpp"

#include "config/paths.hpp"

namespace checklist::config {
struct NamedCheck {
  std::string_view name;
  BoundCheck run;
  CheckTraits traits = {};
  Severity severity = Severity::warning;  // of a failure
};

struct NamedHostCheck {
  std::string_view name;
  BoundHostCheck run;
};

// A spec with its checks bound to their parameters, in the order of their names.
struct Service {
  Spec spec;
  std::vector<NamedCheck> checks;  // including those skipped because of `enabled: false`
};

struct Configuration {
  std::vector<Service> services;  // observed by this instance
  std::vector<Spec> of_users;     // to be reported by users' instances
  std::vector<NamedHostCheck> host;
  std::vector<std::string> expected;     // units that must have a spec
  std::vector<std::string> watch_users;  // users whose instance must report
  Duration resync = std::chrono::seconds{60};
  Duration socket_interval = std::chrono::seconds{5};
  std::uint64_t max_rate = 100;  // evaluations per second in a storm of events
  Limits limits;
  OptionalMetrics metrics;
  std::string web_file;  // the web config file; empty: none
};

// An error and its place.
struct Problem {
  std::string file;
  std::size_t line = 0;  // 1-based; 0: the whole file
  std::size_t column = 0;
  std::string pointer;  // JSON pointer
  std::string message;
};

// Returns "FILE:LINE:COLUMN: POINTER: MESSAGE" on one line, as compilers print errors.
std::string text(const Problem& problem);

struct Loaded {
  Configuration configuration;
  std::vector<Problem> problems;   // if not empty, the configuration must not be used
  std::vector<std::string> notes;  // files replaced or masked by a later directory
};

// Reads everything and reports every error at once.
Loaded load(const Locations& locations);

// Returns the number of specs, including those of users' instances.
std::size_t spec_count(const Configuration& configuration);

// Returns "no specs found in DIRECTORY, DIRECTORY", for a configuration without any.
std::string no_specs_found(const Locations& locations);
}  // namespace checklist::config
