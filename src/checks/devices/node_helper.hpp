// SPDX-License-Identifier: MIT
// Whether a unit can have device nodes created on demand: libcuda runs nvidia-modprobe(1), which is
// setuid root, to load modules and create the nodes that it needs.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
inline constexpr std::string_view nvidia_uvm = "/dev/nvidia-uvm";

// Returns the directive that keeps the helper from working: "NoNewPrivileges=yes"; nothing if it
// works. If `look` has a gap afterwards, the result does not count.
std::optional<std::string> helper_obstacle(FactReader& look, const std::string& unit);

// Returns whether the helper creates a node of that path.
bool is_made_by_helper(const std::string& path);
}  // namespace checklist::checks
