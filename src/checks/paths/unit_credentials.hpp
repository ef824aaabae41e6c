// SPDX-License-Identifier: MIT
// The credentials of a unit's processes: of the running ones, and of those of the next start.
#pragma once
#include <optional>
#include <string>

#include "checks/view/fact_reader.hpp"
#include "semantics/files/permissions.hpp"

namespace checklist::checks {
// Stands for a user or group that DynamicUser= will allocate: no file on the host belongs to it.
inline constexpr std::uint32_t dynamic_id = 0xFFFF'FFFE;

// Returns the credentials of the process by which the unit is judged; nothing if none is running.
// If `look` has a gap afterwards, the result does not count.
std::optional<semantics::Credentials> running_credentials(FactReader& look,
                                                          const std::string& unit);

// The credentials by the unit's directives and the host's accounts (systemd.exec(5),
// "CREDENTIALS"). If a name is in neither passwd(5) nor group(5), there are none, and
// `unknown_account` holds the name.
struct NextCredentials {
  std::optional<semantics::Credentials> credentials;
  std::string unknown_account{};  // "group render"
};

NextCredentials next_credentials(FactReader& look, const std::string& unit);
}  // namespace checklist::checks
