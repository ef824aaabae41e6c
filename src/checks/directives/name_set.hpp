// SPDX-License-Identifier: MIT
// Sets of names as directives build them up: "@system-service", then "~@privileged @resources"
// (systemd.exec(5)).
#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace checklist::checks {
struct NameSet {
  bool all_but = false;  // all names but these, instead of only these
  std::set<std::string> names{};
  bool operator==(const NameSet&) const = default;
};

// Applies the assignments in order: the first decides whether names are allowed or excepted, later
// ones add or remove names, and an empty one resets. Returns nothing if "~" is inside an
// assignment.
std::optional<NameSet> name_set(const std::vector<std::string>& assignments);

// Returns the names of the bits that are set. Bits without a name are ignored.
NameSet bits_named(std::uint64_t bits, std::span<const std::string_view> names);

// Returns whether everything in `has` is in `wanted`. A set that excepts names can hold any other
// name, so it is never within a list of names.
bool is_within(const NameSet& has, const NameSet& wanted);

// Returns what `has` holds beyond `wanted`, shortened to a few names.
std::string excess(const NameSet& has, const NameSet& wanted);

// Returns the set as one assignment.
std::string print(const NameSet& set);
}  // namespace checklist::checks
