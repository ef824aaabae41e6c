// SPDX-License-Identifier: MIT
// Names in object paths: bytes outside [A-Za-z0-9] are escaped as _xx (sd_bus_path_encode(3)).
#pragma once
#include <string>

namespace checklist::bus {
// Returns the object path of `name` below `prefix`.
std::string escaped_path(const std::string& prefix, const std::string& name);
// Returns the name that the path's last component encodes; empty if it encodes none.
std::string unescaped_name(const std::string& path);
}  // namespace checklist::bus
