// SPDX-License-Identifier: MIT
// One spec file's object to a spec with its checks bound.
#pragma once
#include "config/configuration.hpp"
#include "config/switches.hpp"

namespace checklist::config {
// ConfigErrors carry JSON pointers into the file. `defaults` are the daemon's parameters for every
// spec; mistakes in them are told where they stand and not here.
Service read_spec(const Dict& given, const Switches<CheckDef>& defaults, ConfigErrors& mistakes);

Dict spec_schema();
}  // namespace checklist::config
