// SPDX-License-Identifier: MIT
#include "checks/definition/start_accounts.hpp"

#include <string>
#include <vector>

#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
struct Named {
  std::string kind;  // "user" or "group"
  std::string name;
  std::string directive;
};

// Returns names only: a number needs no account, and DynamicUser= creates its own.
std::vector<Named> named(View& see) {
  std::vector<Named> out;
  const auto add = [&out](const char* kind, const std::string& name, const char* directive) {
    if (!name.empty() && !semantics::number<std::uint32_t>(name)) {
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

bool is_known(const Accounts& accounts, const Named& each) {
  return each.kind == "user" ? accounts.users.contains(each.name)
                             : accounts.groups.contains(each.name);
}
}  // namespace

Findings missing_accounts(View& see) {
  const auto all = named(see);
  if (all.empty()) {
    return {};
  }
  const auto& accounts = see[AccountsKey{}];
  Findings out;
  for (const Named& each : all) {
    const std::string subject = each.kind + " " + each.name;
    const std::string expected = "exists, for " + each.directive + "=";
    if (!accounts) {
      out.push_back(unknown(subject, expected, accounts.unseen()));
    } else if (accounts->is_complete && !is_known(*accounts, each)) {
      out.push_back(fail({.subject = subject,
                          .reason = "account_missing",
                          .expected = expected,
                          .observed = "no such " + each.kind + ": the next start fails",
                          .hint = "create the " + each.kind + ", or correct " + each.directive +
                                  "= in the unit file"}));
    }
  }
  return out;
}
}  // namespace checklist::checks
