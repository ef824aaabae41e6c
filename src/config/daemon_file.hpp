// SPDX-License-Identifier: MIT
// The daemon's own configuration file: what it expects of the host, and its defaults.
#pragma once
#include "config/configuration.hpp"
#include "config/switches.hpp"

namespace checklist::config {
// Fills everything but the services; returns the defaults for every spec.
Switches<CheckDef> read_daemon_file(const Dict& given, Configuration& out, ConfigErrors& mistakes);

Dict daemon_file_schema();
}  // namespace checklist::config
