// SPDX-License-Identifier: MIT
// Whether a unit uses one of its GPUs: one of its processes holds the node open.
#pragma once
#include <string>
#include <vector>

#include "checklist/check.hpp"

#include "checks/devices/device_request.hpp"

namespace checklist::checks {
// Returns the finding of the parameter `in_use`.
Finding device_use(const WantedDevices& wanted, View& see);
}  // namespace checklist::checks
