// SPDX-License-Identifier: MIT
// Composes a spec from what was seen of a unit and what the catalogue knows of its kind.
#pragma once
#include <optional>
#include <string>

#include "capture/captured_unit.hpp"
#include "config/catalogue.hpp"

namespace checklist::capture {
// Returns the spec without anything that is a default: parameters are those with which the unit
// passes now, completed by those of the kind. `probe`: the arguments of health_probe with which the
// service responded. A unit that is off gets `"enabled": false` and nothing else.
Dict compose(const CapturedUnit& unit, const config::Kind* kind, const std::optional<Dict>& probe);

// Returns the spec without what the kind says of a check.
Dict without_knowledge(Dict spec, const CapturedUnit& unit, const std::string& check);

// Returns the name of the spec's file: "nginx.json", "clamav-scan-timer.json".
std::string file_name(const std::string& unit);
}  // namespace checklist::capture
