// SPDX-License-Identifier: MIT
#include "semantics/files/account.hpp"

#include <algorithm>
#include <charconv>

namespace checklist::semantics {
namespace {
std::uint32_t id_of(const User& user) {
  return user.uid;
}

std::uint32_t id_of(const Group& group) {
  return group.gid;
}

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t out = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, out);
  return error == std::errc{} && stopped == end ? std::optional(out) : std::nullopt;
}

template <class Account>
Match is_of(const std::map<std::string, Account>& known, const AccountName& wanted,
            std::uint32_t id) {
  if (const auto named = known.find(wanted.name); named != known.end()) {
    return id_of(named->second) == id ? Match::yes : Match::no;
  }
  if (const auto digits = number(wanted.name)) {
    return *digits == id ? Match::yes : Match::no;
  }
  const bool is_another =
      std::ranges::any_of(known, [id](const auto& each) { return id_of(each.second) == id; });
  return is_another ? Match::no : Match::unclear;
}

template <class Account>
std::optional<std::string> name_of(const std::map<std::string, Account>& known, std::uint32_t id) {
  const auto at =
      std::ranges::find_if(known, [id](const auto& each) { return id_of(each.second) == id; });
  return at != known.end() ? std::optional(at->first) : std::nullopt;
}
}  // namespace

Match is_user(const Accounts& accounts, const AccountName& wanted, std::uint32_t id) {
  return is_of(accounts.users, wanted, id);
}

Match is_group(const Accounts& accounts, const AccountName& wanted, std::uint32_t id) {
  return is_of(accounts.groups, wanted, id);
}

std::optional<std::string> name_of_user(const Accounts& accounts, std::uint32_t id) {
  return name_of(accounts.users, id);
}

std::optional<std::string> name_of_group(const Accounts& accounts, std::uint32_t id) {
  return name_of(accounts.groups, id);
}

std::string user_text(const Accounts& accounts, std::uint32_t id) {
  return name_of_user(accounts, id).value_or("user " + std::to_string(id));
}

std::string group_text(const Accounts& accounts, std::uint32_t id) {
  return name_of_group(accounts, id).value_or("group " + std::to_string(id));
}

bool can_log_in(std::string_view shell) {
  const auto name = shell.substr(shell.rfind('/') + 1);
  return name != "nologin" && name != "false";
}
}  // namespace checklist::semantics

namespace checklist {
namespace {
constexpr std::size_t longest = 32;  // utmp(5)

bool is_in_names(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
         c == '_' || c == '-';
}
}  // namespace

std::optional<semantics::AccountName> ParameterType<semantics::AccountName>::parse(
    const Value& value) {
  const auto* name = value.get<std::string>();
  const bool fits = name != nullptr && !name->empty() && name->size() <= longest &&
                    name->front() != '-' && std::ranges::all_of(*name, is_in_names);
  return fits ? std::optional(semantics::AccountName{*name}) : std::nullopt;
}

Dict ParameterType<semantics::AccountName>::schema() {
  return pattern_schema("^[A-Za-z0-9._][A-Za-z0-9._-]{0,31}$");
}
}  // namespace checklist
