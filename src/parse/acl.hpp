// SPDX-License-Identifier: MIT
// An access ACL as the extended attribute system.posix_acl_access holds it
// (include/uapi/linux/posix_acl_xattr.h).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/devices.hpp"

namespace checklist::parse {
// Nothing where it says no more than a mode does, or is none.
std::optional<Acl> access_acl(std::string_view attribute);
}  // namespace checklist::parse
