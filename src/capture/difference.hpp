// SPDX-License-Identifier: MIT
// What differs between two full captures.
#pragma once
#include <string>
#include <vector>

#include "checklist/value.hpp"

namespace checklist::capture {
struct ChangedField {
  std::string name;    // "hardening ProtectSystem"
  std::string before;  // empty: it was not set
  std::string after;
  bool operator==(const ChangedField&) const = default;
};

enum class UnitChange { vanished, appeared, moved, changed };

struct UnitDifference {
  std::string unit;    // its name now, or its last one
  std::string former;  // its name before, if that differs
  UnitChange kind = UnitChange::changed;
  std::vector<ChangedField> fields;  // sorted
};

// Returns the differences, sorted by kind and unit. A unit that has another name now, and the
// former one as an alias, has moved. Paths in a Nix store are compared without their hashes.
std::vector<UnitDifference> difference(const Dict& before, const Dict& after);

// Returns the path without what changes with each build: "/nix/store/…-nginx-1.24/bin/nginx".
std::string generalised(const std::string& text);
}  // namespace checklist::capture
