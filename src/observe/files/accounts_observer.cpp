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
// nss-systemd(8). Dynamic users have no files there.
constexpr std::array record_directories{"/etc/userdb", "/run/userdb", "/run/host/userdb",
                                        "/usr/lib/userdb"};
}  // namespace

AccountsObserver::AccountsObserver(event::Loop& loop, Put<AccountsKey> put, const std::string& root)
    : SingleObserver(std::move(put)),
      loop_(loop),
      root_(root),
      passwd_(root_ + "/etc/passwd"),
      group_(root_ + "/etc/group"),
      nsswitch_(root_ + "/etc/nsswitch.conf") {}

void AccountsObserver::watch() {
  for (const std::string& path : {passwd_, group_, nsswitch_}) {
    watches_.push_back(std::make_unique<SymlinkChainWatch>(loop_, path, [this] { look_again(); }));
  }
}

void AccountsObserver::unwatch() {
  watches_.clear();
}

Observed<Accounts> AccountsObserver::look() {
  const auto passwd = small_file(passwd_, largest);
  const auto group = small_file(group_, largest);
  if (!passwd || !group) {
    const std::string& path = passwd ? group_ : passwd_;
    return Unseen{"permission", "cannot read " + path, "let checklistd read " + path};
  }
  if (passwd->size() == largest || group->size() == largest) {
    return Unseen{"unsupported", "/etc/passwd or /etc/group is 1 MiB or larger", ""};
  }
  return Accounts{.users = parse::users(*passwd),
                  .groups = parse::groups(*group),
                  .is_complete = is_complete()};
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
