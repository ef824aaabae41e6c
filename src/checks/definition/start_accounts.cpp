// SPDX-License-Identifier: MIT
#include "checks/definition/start_accounts.hpp"

#include <string>
#include <vector>

#include "semantics/text/fields.hpp"

namespace checklist::checks {
namespace {
struct Named {
  std::string kind;  // as a person says
  std::string name;
  std::string directive;
};

// Names alone: a number needs no account. Dynamic ones are made by the start.
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
    const std::string expected = "known, for " + each.directive + "=";
    if (!accounts) {
      out.push_back(unknown(subject, expected, accounts.unseen()));
    } else if (accounts->is_complete && !is_known(*accounts, each)) {
      out.push_back({.status = Status::fail,
                     .subject = subject,
                     .reason = "account_missing",
                     .expected = expected,
                     .observed = "unknown to this host: the next start fails",
                     .hint = "create that " + each.kind + ", or correct " + each.directive +
                             "= in the unit file",
                     .details = {}});
    }
  }
  return out;
}
}  // namespace checklist::checks
