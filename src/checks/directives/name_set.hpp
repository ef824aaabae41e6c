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
  bool all_but = false;  // these are excepted, instead of being all there is
  std::set<std::string> names{};
  bool operator==(const NameSet&) const = default;
};

// The assignments one after the other: the first says whether names are allowed or excepted, a
// later one adds to it or takes from it. An empty one starts anew. Nothing, if a "~" stands within
// one.
std::optional<NameSet> name_set(const std::vector<std::string>& assignments);

// The names of the bits that are set, of those that have one.
NameSet bits_named(std::uint64_t bits, std::span<const std::string_view> names);

// Whether everything in `has` is in `wanted`. What excepts names may hold any other, so it is never
// within a list of names.
bool is_within(const NameSet& has, const NameSet& wanted);

// What `has` holds beyond `wanted`, in a few words.
std::string excess(const NameSet& has, const NameSet& wanted);

// As one assignment would say it.
std::string print(const NameSet& set);
}  // namespace checklist::checks
