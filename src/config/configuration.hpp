// SPDX-License-Identifier: MIT
// Files to specs: what the daemon is told, checked as a whole before any of it is used.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/check.hpp"
#include "checklist/spec.hpp"

namespace checklist::config {
struct NamedCheck {
  std::string_view name;
  BoundCheck run;
  CheckTraits traits = {};
};

struct NamedHostCheck {
  std::string_view name;
  BoundHostCheck run;
};

// A spec with its checks bound to their parameters, in the order of their names.
struct Service {
  Spec spec;
  std::vector<NamedCheck> checks;  // those that are skipped (`enabled: false`) included
};

// What bounds the report, whatever the host does.
struct Limits {
  std::uint64_t findings = 32;            // of one unit
  std::uint64_t text_bytes = 120;         // of one text in a metric's label
  std::uint64_t report_bytes = 16 << 20;  // of one report that a user's instance hands over
};

struct Configuration {
  std::vector<Service> services;  // those this instance observes itself
  std::vector<Spec> of_users;     // those that users' instances must publish
  std::vector<NamedHostCheck> host;
  std::vector<std::string> expected;     // units that must have a spec
  std::vector<std::string> watch_users;  // users whose instance must publish
  Duration resync = std::chrono::seconds{60};
  Duration socket_interval = std::chrono::seconds{5};
  std::uint64_t max_rate = 100;  // evaluations in a second, in a storm of events
  Limits limits;
};

// Where to read. A file in a later directory replaces one of the same name in an earlier directory.
struct Locations {
  std::string daemon_file = "/etc/checklistd/checklistd.json";
  bool daemon_file_required = false;          // named on the command line: must exist
  std::vector<std::string> directories;       // specs of the instance's own manager
  std::vector<std::string> user_directories;  // specs that name their `user`
  bool directories_required = false;          // named on the command line: each must exist
  std::string user;                           // whose instance this is; empty: the system's

  // For options of a command line; an empty argument leaves the default.
  void use_daemon_file(std::string named);
  void use_directories(std::vector<std::string> named);
};

Locations system_locations();
Locations user_locations(const std::string& user, const std::string& home);

// One mistake, with its place.
struct Problem {
  std::string file;
  std::size_t line = 0;  // 1-based; 0: of the file as a whole
  std::size_t column = 0;
  std::string pointer;  // JSON pointer
  std::string message;
};

// "FILE:LINE:COLUMN: POINTER: MESSAGE" on one line, as compilers print it.
std::string text(const Problem& problem);

struct Loaded {
  Configuration configuration;
  std::vector<Problem> problems;   // not empty: the configuration must not be used
  std::vector<std::string> notes;  // files that a later directory replaces or masks
};

// Reads everything and reports every error at once.
Loaded load(const Locations& locations);

// The number of specs, including those of users' instances.
std::size_t spec_count(const Configuration& configuration);

// "no specs found in DIRECTORY, DIRECTORY", for a configuration without any.
std::string no_specs_found(const Locations& locations);
}  // namespace checklist::config
