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
  std::vector<std::string> members{};  // those listed, sorted: not who has it as the primary group
  bool operator==(const Group&) const = default;
};

// /etc/passwd and /etc/group, by name; of a name that stands there twice the first counts.
struct Accounts {
  std::map<std::string, User> users{};
  std::map<std::string, Group> groups{};
  bool is_complete = false;  // whether the name service knows no others: neither by
                             // nsswitch.conf(5) nor by records of nss-systemd(8)
  bool operator==(const Accounts&) const = default;
};

struct AccountsKey {
  using Fact = Accounts;
  auto operator<=>(const AccountsKey&) const = default;
};

// Whether that user's manager starts at boot (loginctl enable-linger).
struct LingerKey {
  std::string user;
  using Fact = bool;
  auto operator<=>(const LingerKey&) const = default;
};
}  // namespace checklist
