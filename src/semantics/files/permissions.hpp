// SPDX-License-Identifier: MIT
// Access checks by the mode and the ACL of a file, exactly as generic_permission() of the kernel's
// fs/namei.c (path_resolution(7), acl(5), capabilities(7)).
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "checklist/facts/devices.hpp"

namespace checklist::semantics {
// The bits of one digit of a mode.
inline constexpr std::uint32_t may_read = 4;
inline constexpr std::uint32_t may_write = 2;
inline constexpr std::uint32_t may_search = 1;   // a directory
inline constexpr std::uint32_t may_execute = 1;  // a file

struct Credentials {
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups{};  // supplementary
  std::uint64_t capabilities = 0;       // effective, a bit for each number
  // PrivateUsers=: capabilities count only for files of root or of this user and group.
  bool private_users = false;
  bool operator==(const Credentials&) const = default;
};

inline constexpr unsigned cap_dac_override = 1;
inline constexpr unsigned cap_dac_read_search = 2;

enum class GrantedTo { owner, named_user, owning_group, named_group, others, capability };

struct Grant {
  GrantedTo to = GrantedTo::others;
  std::uint32_t id = 0;  // of the user or group
  bool operator==(const Grant&) const = default;
};

bool is_member(const Credentials& who, std::uint32_t group);

// Returns why `who` may access the file in all of the ways of `want`; nothing means EACCES.
std::optional<Grant> grant(const Permissions& permissions, NodeType type, std::uint32_t want,
                           const Credentials& who);
}  // namespace checklist::semantics
