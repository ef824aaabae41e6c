// SPDX-License-Identifier: MIT
// The value of a directive, understood: what a spec demands, what D-Bus tells and what the kernel
// shows are compared as these.
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
// So many ten-thousandths of what the machine has.
struct Share {
  std::uint64_t permyriad = 0;
  bool operator==(const Share&) const = default;
};

// Assignments that only facts give a meaning: those of SystemCallFilter= name groups.
struct Assignments {
  std::vector<std::string> lines;
  bool operator==(const Assignments&) const = default;
};

using Setting = std::variant<bool, std::uint64_t, std::int64_t, Share, Limit, std::string, NameSet,
                             Assignments>;

inline constexpr std::uint64_t unlimited = UINT64_MAX;  // "infinity", and what is not set

// "32G", "1.5M", "4096", "infinity": to the base of 1024, as for memory (systemd.syntax(7)).
std::optional<std::uint64_t> parse_size(std::string_view text);
// Exactly, in the largest unit that divides it: "32G", "1536M", "infinity".
std::string print_size(std::uint64_t bytes);

// "50%", "12.5%".
std::optional<Share> parse_share(std::string_view text);
std::string print_share(Share share);

// That share, rounded down.
std::uint64_t part_of(std::uint64_t whole, Share share);
}  // namespace checklist::checks
