// SPDX-License-Identifier: MIT
// Reads a spec file's object into a spec with its checks bound.
#pragma once
#include "config/configuration.hpp"
#include "config/switches.hpp"

namespace checklist::config {
// Adds errors with JSON pointers into the file. `defaults` are the parameters of checklistd.json
// for every spec; read_daemon_file() reports the errors in them.
Service read_spec(const Dict& given, const Switches<CheckDef>& defaults, ConfigErrors& errors);

// Returns the JSON Schema of a spec file.
Dict spec_schema();
}  // namespace checklist::config
