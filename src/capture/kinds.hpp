// SPDX-License-Identifier: MIT
// Which kind of the catalogue a unit is of, and what the kind adds to its spec.
#pragma once
#include <string>
#include <vector>

#include "capture/captured_unit.hpp"
#include "config/catalogue.hpp"

namespace checklist::capture {
// Returns the kind with this name of a unit; null if there is none.
const config::Kind* kind_named(const std::string& unit, const config::Catalogue& catalogue);

// Returns the kind with the unit's name or an alias, else the one with its program; null if there
// is none.
const config::Kind* kind_of(const CapturedUnit& unit, const config::Catalogue& catalogue);

// Returns the units of the kind that the name of a unit that does not exist may mean: "apache" is
// the kind of apache2.service, "smb" a program or another unit of that kind. Patterns are left out.
std::vector<std::string> units_meant(const std::string& unit, const config::Catalogue& catalogue);

// Returns whether the kind says anything of the check.
bool knows(const config::Kind& kind, const std::string& check);

// Returns the arguments of health_probe to try, in the order of preference: the kind's own with
// each address on which the unit listens. A wildcard address is probed on the loopback.
std::vector<Dict> probes_of(const CapturedUnit& unit, const config::Kind& kind);
}  // namespace checklist::capture
