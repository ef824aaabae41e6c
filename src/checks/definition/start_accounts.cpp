// SPDX-License-Identifier: MIT
#include "checks/definition/start_accounts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "semantics/files/account.hpp"
#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
struct Named {
  std::string kind;  // "user" or "group"
  std::string name;
  std::string directive;
};

// DynamicUser= creates its own user and group. A number needs an account, too: systemd looks for
// the home directory and the group of a user, and fails without (217, 216).
std::vector<Named> named(View& see) {
  std::vector<Named> out;
  const auto add = [&out](const char* kind, const std::string& name, const char* directive) {
    if (!name.empty()) {
      out.push_back({kind, name, directive});
    }
  };
  add("user", see.text("User"), "User");
  add("group", see.text("Group"), "Group");
  if (!out.empty() && see.property<bool>("DynamicUser").value_or(false)) {
    out.clear();
  }
  for (const std::string& group : see.list("SupplementaryGroups")) {
    add("group", group, "SupplementaryGroups");
  }
  return out;
}

// Those that systemd knows without looking.
bool is_built_in(const Named& each) {
  constexpr std::array users{"root", "0", "nobody", "65534"};
  constexpr std::array groups{"root", "0", "nogroup", "nobody", "65534"};
  return each.kind == "user" ? std::ranges::find(users, each.name) != users.end()
                             : std::ranges::find(groups, each.name) != groups.end();
}

bool is_known(const Accounts& accounts, const Named& each) {
  const auto number = semantics::number<std::uint32_t>(each.name);
  const bool is_numbered =
      number && (each.kind == "user" ? semantics::name_of_user(accounts, *number)
                                     : semantics::name_of_group(accounts, *number));
  return is_numbered || is_built_in(each) ||
         (each.kind == "user" ? accounts.users.contains(each.name)
                              : accounts.groups.contains(each.name));
}

// A dynamic user needs a name that is neither a user nor a group; an existing user is taken as it
// is.
Findings taken_name(View& see) {
  const std::string given = see.text("User");
  const std::string name = given.empty() ? see.unit().substr(0, see.unit().rfind('.')) : given;
  const auto& accounts = see[AccountsKey{}];
  const bool is_dynamic = see.property<bool>("DynamicUser").value_or(false);
  const Named user{"user", name, "User"};
  if (!is_dynamic || !accounts || is_known(*accounts, user) || !accounts->groups.contains(name)) {
    return {};
  }
  return {fail({.subject = "user " + name,
                .reason = "in_the_way",
                .expected = "can be created, for DynamicUser=",
                .observed = "there is a group " + name + ": the next start fails",
                .hint = "name another user in User= of the unit file"})};
}
}  // namespace

Findings missing_accounts(View& see) {
  const auto all = named(see);
  if (all.empty()) {
    return taken_name(see);
  }
  const auto& accounts = see[AccountsKey{}];
  Findings out = taken_name(see);
  for (const Named& each : all) {
    const std::string subject = each.kind + " " + each.name;
    const std::string expected = "exists, for " + each.directive + "=";
    if (!accounts) {
      out.push_back(unknown(subject, expected, accounts.unseen()));
    } else if (accounts->is_complete && !is_known(*accounts, each)) {
      out.push_back(fail({.subject = subject,
                          .reason = "account_missing",
                          .expected = expected,
                          .observed = "there is no " + subject + ": the next start fails",
                          .hint = "create the " + each.kind + ", or correct " + each.directive +
                                  "= in the unit file"}));
    }
  }
  return out;
}
}  // namespace checklist::checks
