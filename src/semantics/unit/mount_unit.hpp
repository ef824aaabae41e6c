// SPDX-License-Identifier: MIT
// The mounts and mount units above a path (systemd.mount(5)).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/processes.hpp"

namespace checklist::semantics {
// Returns the mount unit of a mount point, as `systemd-escape --path --suffix=mount` prints it.
std::string mount_unit(std::string_view path);

// Returns whether the path is `directory` or lies below it.
bool is_below(std::string_view path, std::string_view directory);

// Returns the mount on which the path lies; null if nothing is mounted above it.
const Mount* mount_above(const std::vector<Mount>& mounts, std::string_view path);
}  // namespace checklist::semantics
