// SPDX-License-Identifier: MIT
// Options that say where the configuration is.
#pragma once
#include <string>
#include <vector>

#include "config/configuration.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace checklist::ctl {
struct LocationOptions {
  std::vector<std::string> directories;
  std::string file;
  bool user = false;
};

// Adds --services-dir, --config and --user. `options` must outlive the parsing.
void add_location_options(CLI::App& command, LocationOptions& options);

config::Locations locations(const LocationOptions& options);

// Returns the units of the specs, for the arguments UNIT.
std::vector<std::string> units_of(const config::Configuration& configuration);
}  // namespace checklist::ctl
