// SPDX-License-Identifier: MIT
// Users and groups as a spec names them, compared with numeric ids.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "checklist/facts/accounts.hpp"
#include "checklist/params/schema.hpp"
#include "checklist/params/type.hpp"

namespace checklist::semantics {
// A user or group by its name in passwd(5) or group(5), or by its number.
struct AccountName {
  std::string name;
  auto operator<=>(const AccountName&) const = default;
};

enum class Match { yes, no, unclear };

// Returns whether `id` belongs to the named account. Unclear means that neither the name nor the
// number is in the host's files: both may be of a dynamic user or of a directory service.
Match is_user(const Accounts& accounts, const AccountName& wanted, std::uint32_t id);
Match is_group(const Accounts& accounts, const AccountName& wanted, std::uint32_t id);

// Return the account's name; nothing if no account has the number.
std::optional<std::string> name_of_user(const Accounts& accounts, std::uint32_t id);
std::optional<std::string> name_of_group(const Accounts& accounts, std::uint32_t id);

// Returns the first name of that number, or "user 1234".
std::string user_text(const Accounts& accounts, std::uint32_t id);
std::string group_text(const Accounts& accounts, std::uint32_t id);

// Returns whether a user with this shell can log in: not with nologin(8) or false in any directory.
// An empty shell is /bin/sh (passwd(5)).
bool can_log_in(std::string_view shell);
}  // namespace checklist::semantics

namespace checklist {
template <>
struct ParameterType<semantics::AccountName> {
  static constexpr std::string_view expected =
      "a user's name or a group's (letters, digits, '.', '_' and '-', at most 32)";
  static std::optional<semantics::AccountName> parse(const Value& value);

  static Value print(const semantics::AccountName& account) {
    return account.name.empty() ? Value{} : Value{account.name};
  }

  static Dict schema();
};
}  // namespace checklist
