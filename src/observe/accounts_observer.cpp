// SPDX-License-Identifier: MIT
#include "observe/accounts_observer.hpp"

#include "observe/small_file.hpp"
#include "parse/accounts.hpp"

namespace checklist::observe {
namespace {
constexpr std::size_t largest = 1U << 20U;
}  // namespace

AccountsObserver::AccountsObserver(event::Loop& loop, Put<AccountsKey> put, const std::string& root)
    : loop_(loop),
      put_(std::move(put)),
      passwd_((root == "/" ? "" : root) + "/etc/passwd"),
      group_((root == "/" ? "" : root) + "/etc/group") {}

void AccountsObserver::follow(const std::set<AccountsKey>& keys) {
  if (keys.empty()) {
    trails_.clear();
  } else if (trails_.empty()) {
    for (const std::string& path : {passwd_, group_}) {
      trails_.push_back(std::make_unique<PathTrail>(loop_, path, [this] { look_again(); }));
    }
    look_again();
  }
}

void AccountsObserver::look_again() {
  if (trails_.empty()) {
    return;
  }
  const auto passwd = small_file(passwd_, largest);
  const auto group = small_file(group_, largest);
  if (!passwd || !group) {
    const std::string& path = passwd ? group_ : passwd_;
    put_({}, Unseen{"permission", path + " cannot be read", "let checklistd read " + path});
  } else if (passwd->size() == largest || group->size() == largest) {
    put_({}, Unseen{"unsupported", "/etc/passwd or /etc/group has a MiB or more", ""});
  } else {
    put_({}, Accounts{.users = parse::users(*passwd), .groups = parse::groups(*group)});
  }
}
}  // namespace checklist::observe
