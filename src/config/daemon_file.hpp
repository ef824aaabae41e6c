// SPDX-License-Identifier: MIT
// checklistd.json: limits, host checks, and defaults for specs.
#pragma once
#include "config/configuration.hpp"
#include "config/switches.hpp"

namespace checklist::config {
// Fills everything except the services. Returns the defaults for every spec. Adds errors with JSON
// pointers into the file.
Switches<CheckDef> read_daemon_file(const Dict& given, Configuration& out, ConfigErrors& errors);

// Returns the JSON Schema of the file.
Dict daemon_file_schema();
}  // namespace checklist::config
