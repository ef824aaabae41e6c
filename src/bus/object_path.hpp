// SPDX-License-Identifier: MIT
// Names in object paths: every byte outside [A-Za-z0-9] is _xx (sd_bus_path_encode(3)).
#pragma once
#include <string>

namespace checklist::bus {
// The object path below `prefix` that stands for `name`.
std::string escaped_path(const std::string& prefix, const std::string& name);
// The name behind a path's last component; empty if it is none.
std::string unescaped_name(const std::string& path);
}  // namespace checklist::bus
