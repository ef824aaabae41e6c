// SPDX-License-Identifier: MIT
// Parses the capabilities of files: the extended attribute security.capability
// (include/uapi/linux/capability.h).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/devices.hpp"

namespace checklist::parse {
// Returns nothing if the attribute is malformed: the kernel ignores it then.
std::optional<FileCapabilities> file_capabilities(std::string_view attribute);
}  // namespace checklist::parse
