// SPDX-License-Identifier: MIT
// Ordering cycles among the units that a boot starts. PID 1 breaks a cycle by dropping the start of
// a unit on it that the target does not require (transaction_verify_order_one() in systemd).
#pragma once
#include <map>
#include <string>
#include <vector>

#include "checklist/facts/unit.hpp"

namespace checklist::semantics {
struct OrderedUnit {
  std::vector<std::string> needs{};  // Requires=, BindsTo=
  std::vector<std::string> after{};
};

// All units that the start of a target pulls in, the target included.
using BootOrder = std::map<std::string, OrderedUnit>;

// Returns the cycles, each with the units whose start may be dropped: units on the cycle that the
// target does not require, and units that require those. If it requires all of them, PID 1 cannot
// start the target, and all of them count.
std::vector<BootCycle> boot_cycles(const BootOrder& order, const std::string& target);
}  // namespace checklist::semantics
