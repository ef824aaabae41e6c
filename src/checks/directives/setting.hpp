// SPDX-License-Identifier: MIT
// The parsed value of a directive: values of specs, of D-Bus properties and of the kernel are
// compared as these.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "checklist/facts/processes.hpp"

#include "checks/directives/name_set.hpp"

namespace checklist::checks {
// A share of the machine's resource, in ten-thousandths.
struct Share {
  std::uint64_t permyriad = 0;
  bool operator==(const Share&) const = default;
};

// Assignments that only facts resolve: SystemCallFilter= names groups of system calls.
struct Assignments {
  std::vector<std::string> lines;
  bool operator==(const Assignments&) const = default;
};

using Setting = std::variant<bool, std::uint64_t, std::int64_t, Share, Limit, std::string, NameSet,
                             Assignments>;

inline constexpr std::uint64_t unlimited = UINT64_MAX;  // "infinity", or not set

// "32G", "1.5M", "4096", "infinity": to the base of 1024, as for memory (systemd.syntax(7)).
std::optional<std::uint64_t> parse_size(std::string_view text);
// Returns the exact size in the largest unit that divides it: "32G", "1536M", "infinity".
std::string print_size(std::uint64_t bytes);

// "50%", "12.5%".
std::optional<Share> parse_share(std::string_view text);
std::string print_share(Share share);

// Returns that share of the whole, rounded down.
std::uint64_t part_of(std::uint64_t whole, Share share);
}  // namespace checklist::checks
