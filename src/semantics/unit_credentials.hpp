// SPDX-License-Identifier: MIT
// As whom a unit's processes run: those that run, and those that the next start would make.
#pragma once
#include <optional>
#include <string>

#include "semantics/look.hpp"
#include "semantics/permissions.hpp"

namespace checklist::semantics {
// A user or group that systemd makes for one run (DynamicUser=), when it is not known which:
// nothing on the host is its own.
inline constexpr std::uint32_t dynamic_id = 0xFFFF'FFFE;

// Of the unit's main process; nothing when none runs. What could not be seen is the look's gap.
std::optional<Credentials> running_credentials(Look& look, const std::string& unit);

// By the unit's directives and the host's accounts (systemd.exec(5), "CREDENTIALS"). Nothing, and
// the reason in `unknown_account`, where a name stands in neither passwd(5) nor group(5).
struct NextCredentials {
  std::optional<Credentials> credentials;
  std::string unknown_account{};  // "group render"
};

NextCredentials next_credentials(Look& look, const std::string& unit);
}  // namespace checklist::semantics
