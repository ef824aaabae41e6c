// SPDX-License-Identifier: MIT
// Accounts that no longer are what the service was started with, or what a service should run as.
#include <algorithm>

#include "checks/definition/next_start.hpp"
#include "checks/earlier/earlier_life.hpp"
#include "checks/earlier/running.hpp"
#include "semantics/files/account.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
// One account of the unit: as the directive names it, and as it is.
struct Account {
  std::string directive;
  std::string name;
  std::uint32_t number = 0;
  std::string property;  // the number that systemd resolved at the start
};

Finding changed(View& see, const Account& account, std::uint64_t started) {
  return fail({.subject = account.directive + "=" + account.name,
               .reason = "account_changed",
               .expected = "runs with the number of the account, " + std::to_string(account.number),
               .observed = "was started with " + std::to_string(started) +
                           ", before the number of the account changed",
               .hint = restart_advice(see, "change the owner of its files")});
}

void judge_number(View& see, const Account& account, Findings& out) {
  const auto started = see.property<std::uint64_t>(account.property);
  if (started && *started < UINT32_MAX && *started != account.number && is_running_service(see) &&
      see.property<std::uint64_t>("MainPID").value_or(0) != 0) {
    out.push_back(changed(see, account, *started));
  }
}

void judge_user(const Accounts& accounts, const std::string& name, Findings& out) {
  const std::uint32_t uid = accounts.users.at(name).uid;
  const std::string subject = "User=" + name;
  if (uid == 0) {
    out.push_back(fail({.subject = subject,
                        .reason = "account_root",
                        .expected = "an account other than root's",
                        .observed = name + " has the user ID 0, as root",
                        .hint = "give " + name + " a user ID of its own (`usermod --uid`)"}));
    return;
  }
  for (const auto& [other, user] : accounts.users) {
    if (other != name && user.uid == uid && semantics::can_log_in(user.shell)) {
      out.push_back(
          fail({.subject = subject,
                .reason = "account_shared",
                .expected = "a user ID that no login has",
                .observed = name + " shares its user ID with " + other + ", which can log in",
                .hint = "give one of the two another user ID (`usermod --uid`)"}));
    }
  }
}
}  // namespace

Findings changed_accounts(View& see) {
  const std::string user = see.text("User");
  const std::string group = see.text("Group");
  const bool is_static = see.property<bool>("DynamicUser") == std::optional(false);
  if (!is_static || !see.spec().user.empty() || (user.empty() && group.empty())) {
    return {};
  }
  const auto& accounts = see[AccountsKey{}];
  if (!accounts) {
    return {};
  }
  Findings out;
  if (const auto at = accounts->users.find(user); at != accounts->users.end() && user != "root") {
    judge_number(see, {"User", user, at->second.uid, "UID"}, out);
    judge_user(*accounts, user, out);
  }
  if (const auto at = accounts->groups.find(group); at != accounts->groups.end()) {
    judge_number(see, {"Group", group, at->second.gid, "GID"}, out);
  }
  return out;
}
}  // namespace checklist::checks
