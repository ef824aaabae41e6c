// SPDX-License-Identifier: MIT
#include "observe/files/accounts_observer.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <system_error>

#include "observe/small_file.hpp"
#include "parse/accounts.hpp"
#include "parse/nsswitch.hpp"

namespace checklist::observe {
namespace {
namespace fs = std::filesystem;
constexpr std::size_t largest = 1U << 20U;
// nss-systemd(8); those of dynamic users are no files.
constexpr std::array record_directories{"/etc/userdb", "/run/userdb", "/run/host/userdb",
                                        "/usr/lib/userdb"};
}  // namespace

AccountsObserver::AccountsObserver(event::Loop& loop, Put<AccountsKey> put, const std::string& root)
    : loop_(loop),
      put_(std::move(put)),
      root_(root == "/" ? "" : root),
      passwd_(root_ + "/etc/passwd"),
      group_(root_ + "/etc/group"),
      nsswitch_(root_ + "/etc/nsswitch.conf") {}

void AccountsObserver::follow(const std::set<AccountsKey>& keys) {
  if (keys.empty()) {
    trails_.clear();
  } else if (trails_.empty()) {
    for (const std::string& path : {passwd_, group_, nsswitch_}) {
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
    put_({}, Accounts{.users = parse::users(*passwd),
                      .groups = parse::groups(*group),
                      .is_complete = is_complete()});
  }
}

bool AccountsObserver::is_complete() const {
  const std::string nsswitch = small_file(nsswitch_, largest).value_or("");
  const auto is_local = [&nsswitch](std::string_view database) {
    auto sources = parse::name_sources(nsswitch, database);
    sources.erase("systemd");
    return sources == std::set<std::string>{"files"};
  };
  const auto has_records = [this](const char* directory) {
    std::error_code none;
    return fs::exists(root_ + directory, none) && !fs::is_empty(root_ + directory, none);
  };
  return is_local("passwd") && is_local("group") &&
         std::ranges::none_of(record_directories, has_records);
}
}  // namespace checklist::observe
