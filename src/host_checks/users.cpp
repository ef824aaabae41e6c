// SPDX-License-Identifier: MIT
// Users that have no unit are there, in their groups, and cannot log in where they must not; see
// docs/checks/users.md.
#include <algorithm>
#include <iterator>

#include "checklist/check.hpp"

#include "semantics/files/account.hpp"

namespace checklist::host_checks {
namespace {
using semantics::AccountName;

constexpr std::uint32_t last_system_uid = 999;  // SYS_UID_MAX, login.defs(5)

struct Rules {
  std::vector<AccountName> groups;
  std::optional<bool> system;
  std::optional<std::string> shell;
  std::optional<std::string> home;
};

constexpr std::tuple rule_fields{
    Field{"groups", &Rules::groups, "groups it must be in, its own included; more are fine"},
    Field{"system", &Rules::system,
          "whether its number is one of a system user; such a one may not log in, unless `shell` "
          "says how"},
    Field{"shell", &Rules::shell, "its shell, a path, or the last part of one: \"nologin\""},
    Field{"home", &Rules::home, "its home directory"}};

struct Params {
  std::map<AccountName, Rules> users;
};

constexpr MapField fields{&Params::users, rule_fields, "a user's name"};

Finding failed(const std::string& name, std::string reason, std::string expected,
               std::string observed, std::string hint) {
  return {.status = Status::fail,
          .subject = name,
          .reason = std::move(reason),
          .expected = std::move(expected),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

bool is_in(const Accounts& accounts, const std::string& name, const User& user,
           const std::string& group) {
  const auto at = accounts.groups.find(group);
  return at != accounts.groups.end() &&
         (at->second.gid == user.gid || std::ranges::binary_search(at->second.members, name));
}

void on_groups(const std::string& name, const Rules& rules, const User& user,
               const Accounts& accounts, Findings& out) {
  for (const AccountName& group : rules.groups) {
    if (!accounts.groups.contains(group.name)) {
      out.push_back(failed(name, "no_group", "group " + group.name + " exists",
                           "there is no such group", "make the group " + group.name + " again"));
    } else if (!is_in(accounts, name, user, group.name)) {
      out.push_back(failed(name, "not_in_group", "it is in group " + group.name, "it is not",
                           "run `gpasswd --add " + name + " " + group.name + "`"));
    }
  }
}

std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

void on_shell(const std::string& name, const Rules& rules, const User& user, Findings& out) {
  const bool is_path = rules.shell && rules.shell->find('/') != std::string::npos;
  const std::string found = is_path ? user.shell : last_part(user.shell);
  if (rules.shell && found != *rules.shell) {
    out.push_back(
        failed(name, "shell", "its shell is " + *rules.shell,
               user.shell.empty() ? "it has the default, which is /bin/sh" : "it is " + user.shell,
               "run `usermod --shell SHELL " + name + "`"));
  } else if (!rules.shell && rules.system.value_or(false) && semantics::can_log_in(user.shell)) {
    out.push_back(failed(name, "can_log_in", "it cannot log in",
                         "its shell is " + (user.shell.empty() ? "/bin/sh" : user.shell),
                         "run `usermod --shell /usr/sbin/nologin " + name + "`"));
  }
}

Findings on_user(const std::string& name, const Rules& rules, const Accounts& accounts) {
  const auto at = accounts.users.find(name);
  if (at == accounts.users.end()) {
    return {failed(name, "missing", "it exists", "there is no such user",
                   "make the user " + name + " again")};
  }
  const User& user = at->second;
  Findings out;
  if (rules.system && *rules.system != (user.uid <= last_system_uid)) {
    out.push_back(failed(name, "uid",
                         *rules.system ? "its number is a system user's" : "it is a person's",
                         *rules.system ? "it is a person's" : "its number is a system user's",
                         "make it again with a number of the right kind"));
  }
  on_groups(name, rules, user, accounts, out);
  on_shell(name, rules, user, out);
  if (rules.home && user.home != *rules.home) {
    out.push_back(failed(name, "home", "its home is " + *rules.home, "it is " + user.home,
                         "run `usermod --home " + *rules.home + " " + name + "`"));
  }
  if (out.empty()) {
    out.push_back({.status = Status::pass,
                   .subject = name,
                   .reason = {},
                   .expected = "it is as declared",
                   .observed = "it is",
                   .hint = {},
                   .details = {}});
  }
  return out;
}

Findings evaluate(const Params& want, HostView& see) {
  const auto& accounts = see[AccountsKey{}];
  if (!accounts) {
    return {unknown("users", "they are as declared", accounts.unseen())};
  }
  Findings out;
  for (const auto& [name, rules] : want.users) {
    std::ranges::move(on_user(name.name, rules, *accounts), std::back_inserter(out));
  }
  return out;
}
}  // namespace

extern const HostCheckDef users;
const HostCheckDef users = host_check<Params, fields, evaluate>(
    "users without a unit exist, are in their groups and cannot log in where they must not",
    RunsWhen::when_configured);
}  // namespace checklist::host_checks
