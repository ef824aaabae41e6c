// SPDX-License-Identifier: MIT
// As whom a unit's processes run: those that run, and those that the next start would make.
#pragma once
#include <optional>
#include <string>

#include "checks/view/fact_reader.hpp"
#include "semantics/files/permissions.hpp"

namespace checklist::checks {
// A user or group that systemd makes for one run (DynamicUser=), when it is not known which:
// nothing on the host is its own.
inline constexpr std::uint32_t dynamic_id = 0xFFFF'FFFE;

// Of the unit's main process; nothing when none runs. What could not be seen is the look's gap.
std::optional<semantics::Credentials> running_credentials(FactReader& look,
                                                          const std::string& unit);

// By the unit's directives and the host's accounts (systemd.exec(5), "CREDENTIALS"). Nothing, and
// the reason in `unknown_account`, where a name stands in neither passwd(5) nor group(5).
struct NextCredentials {
  std::optional<semantics::Credentials> credentials;
  std::string unknown_account{};  // "group render"
};

NextCredentials next_credentials(FactReader& look, const std::string& unit);
}  // namespace checklist::checks
