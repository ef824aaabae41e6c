// SPDX-License-Identifier: MIT
// Parses /proc/devices (proc(5)).
#pragma once
#include <string_view>
#include <vector>

#include "checklist/facts/devices.hpp"

namespace checklist::parse {
std::vector<DeviceClass> device_classes(std::string_view text);
}  // namespace checklist::parse
