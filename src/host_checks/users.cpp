// SPDX-License-Identifier: MIT
// Users without a unit exist, are in their groups, and cannot log in if they must not; see
// docs/checks/users.md.
#include <algorithm>
#include <iterator>

#include "checklist/check.hpp"

#include "checks/view/command.hpp"
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
    Field{"groups", &Rules::groups, "groups it must be in, its own included; others are allowed"},
    Field{"system", &Rules::system,
          "whether it is a system user, by its UID; a system user must have no login shell, unless "
          "`shell` names one"},
    Field{"shell", &Rules::shell, "its shell, as a path or its last component: \"nologin\""},
    Field{"home", &Rules::home, "its home directory"}};

struct Params {
  std::map<AccountName, Rules> users;
};

constexpr MapField fields{&Params::users, rule_fields, "a user's name"};

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
      out.push_back(fail({.subject = name,
                          .reason = "no_group",
                          .expected = "group " + group.name + " exists",
                          .observed = "no such group: " + group.name,
                          .hint = "create group " + group.name}));
    } else if (!is_in(accounts, name, user, group.name)) {
      out.push_back(
          fail({.subject = name,
                .reason = "not_in_group",
                .expected = "member of group " + group.name,
                .observed = "not a member of group " + group.name,
                .hint = "run " + checks::shell_command({"gpasswd", "--add", name, group.name})}));
    }
  }
}

std::string last_part(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// Returns the path of a shell that a rule may name by its last component.
std::string shell_path(const std::string& shell) {
  const bool is_path = shell.find('/') != std::string::npos;
  return is_path ? shell : (shell == "nologin" ? "/usr/sbin/" : "/bin/") + shell;
}

void on_shell(const std::string& name, const Rules& rules, const User& user, Findings& out) {
  const bool is_path = rules.shell && rules.shell->find('/') != std::string::npos;
  const std::string found = is_path ? user.shell : last_part(user.shell);
  const std::string observed =
      "shell " + (user.shell.empty() ? "/bin/sh, the default" : user.shell);
  if (rules.shell && found != *rules.shell) {
    out.push_back(fail({.subject = name,
                        .reason = "shell",
                        .expected = "shell " + *rules.shell,
                        .observed = observed,
                        .hint = "run " + checks::shell_command({"usermod", "--shell",
                                                                shell_path(*rules.shell), name})}));
  } else if (!rules.shell && rules.system.value_or(false) && semantics::can_log_in(user.shell)) {
    out.push_back(fail({.subject = name,
                        .reason = "can_log_in",
                        .expected = "no login shell",
                        .observed = observed,
                        .hint = "run " + checks::shell_command(
                                             {"usermod", "--shell", "/usr/sbin/nologin", name})}));
  }
}

void on_uid(const std::string& name, bool is_system, const User& user, Findings& out) {
  constexpr auto system = "system user";
  constexpr auto regular = "regular user";
  if (is_system != (user.uid <= last_system_uid)) {
    out.push_back(fail({.subject = name,
                        .reason = "uid",
                        .expected = is_system ? system : regular,
                        .observed = is_system ? regular : system,
                        .hint = "create the user again with a UID of the right range"}));
  }
}

// The kernel knows numbers only: an account with the number of another is that account, and 0 is
// root.
void on_number(const std::string& name, const User& user, const Accounts& accounts, Findings& out) {
  constexpr auto expected = "UID is its own";
  if (user.uid == 0 && name != "root") {
    out.push_back(fail({.subject = name,
                        .reason = "root",
                        .expected = expected,
                        .observed = "its UID is 0, which is root",
                        .hint = "create the user again with a UID of its own"}));
    return;
  }
  for (const auto& [other, account] : accounts.users) {
    if (other != name && account.uid == user.uid && semantics::can_log_in(account.shell)) {
      out.push_back(fail({.subject = name,
                          .reason = "shared_uid",
                          .expected = expected,
                          .observed = other + " has the same UID, and can log in",
                          .hint = "give one of the two another UID"}));
      return;
    }
  }
}

Findings on_user(const std::string& name, const Rules& rules, const Accounts& accounts) {
  const auto at = accounts.users.find(name);
  if (at == accounts.users.end()) {
    return {fail({.subject = name,
                  .reason = "missing",
                  .expected = "user exists",
                  .observed = "no such user",
                  .hint = "create user " + name})};
  }
  const User& user = at->second;
  Findings out;
  on_number(name, user, accounts, out);
  if (rules.system) {
    on_uid(name, *rules.system, user, out);
  }
  on_groups(name, rules, user, accounts, out);
  on_shell(name, rules, user, out);
  if (rules.home && user.home != *rules.home) {
    out.push_back(
        fail({.subject = name,
              .reason = "home",
              .expected = "home " + *rules.home,
              .observed = "home " + user.home,
              .hint = "run " + checks::shell_command({"usermod", "--home", *rules.home, name})}));
  }
  return out.empty() ? Findings{pass(
                           {.subject = name, .expected = "as declared", .observed = "as declared"})}
                     : out;
}

Findings evaluate(const Params& want, HostView& see) {
  const auto& accounts = see[AccountsKey{}];
  if (!accounts) {
    return {unknown("users", "as declared", accounts.unseen())};
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
    "users without a unit exist, are in their groups and cannot log in if they must not",
    RunsWhen::when_configured);
}  // namespace checklist::host_checks
