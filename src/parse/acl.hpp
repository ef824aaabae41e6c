// SPDX-License-Identifier: MIT
// Parses access ACLs: the extended attribute system.posix_acl_access
// (include/uapi/linux/posix_acl_xattr.h).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/devices.hpp"

namespace checklist::parse {
// Returns nothing if the attribute is malformed or says no more than the file mode.
std::optional<Acl> access_acl(std::string_view attribute);
}  // namespace checklist::parse
