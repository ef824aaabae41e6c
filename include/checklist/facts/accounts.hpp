// SPDX-License-Identifier: MIT
// User and group accounts.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace checklist {
struct User {
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;  // of the primary group
  std::string home;
  std::string shell;
  bool operator==(const User&) const = default;
};

struct Group {
  std::uint32_t gid = 0;
  std::vector<std::string> members{};  // those listed, sorted, without users of this primary group
  bool operator==(const Group&) const = default;
};

// /etc/passwd and /etc/group, by name. The first entry of a name counts.
struct Accounts {
  std::map<std::string, User> users{};
  std::map<std::string, Group> groups{};
  bool is_complete = false;  // no other source of names: neither in nsswitch.conf(5)
                             // nor as records of nss-systemd(8)
  bool operator==(const Accounts&) const = default;
};

struct AccountsKey {
  using Fact = Accounts;
  auto operator<=>(const AccountsKey&) const = default;
};

// Whether the user's manager starts at boot (loginctl enable-linger).
struct LingerKey {
  std::string user;
  using Fact = bool;
  auto operator<=>(const LingerKey&) const = default;
};
}  // namespace checklist
