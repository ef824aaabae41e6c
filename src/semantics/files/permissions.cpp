// SPDX-License-Identifier: MIT
#include "semantics/files/permissions.hpp"

#include <algorithm>

namespace checklist::semantics {
namespace {
constexpr std::uint32_t digit = 7;
constexpr unsigned owner_shift = 6;
constexpr unsigned group_shift = 3;

bool grants(std::uint32_t bits, std::uint32_t want) {
  return (bits & want) == want;
}

// posix_acl_permission(): the mask limits every entry. If a group's entry does not grant enough,
// the next group's is tried, and `others` no longer applies.
std::optional<Grant> by_acl(const Permissions& of, std::uint32_t want, const Credentials& who) {
  const std::uint32_t mask = of.mode >> group_shift & digit;
  const auto masked = [&](std::uint32_t bits, Grant reason) {
    return grants(bits & mask, want) ? std::optional(reason) : std::nullopt;
  };
  const std::vector<AclEntry>& named = of.acl->named;
  const auto user = std::ranges::find_if(
      named, [&](const AclEntry& entry) { return !entry.for_group && entry.id == who.uid; });
  if (user != named.end()) {
    return masked(user->bits, {GrantedTo::named_user, user->id});
  }
  const bool is_owning = is_member(who, of.gid);
  if (is_owning && grants(of.acl->owning_group, want)) {
    return masked(of.acl->owning_group, {GrantedTo::owning_group, of.gid});
  }
  const auto concerns = [&](const AclEntry& entry) {
    return entry.for_group && is_member(who, entry.id);
  };
  const auto group = std::ranges::find_if(
      named, [&](const AclEntry& entry) { return concerns(entry) && grants(entry.bits, want); });
  if (group != named.end()) {
    return masked(group->bits, {GrantedTo::named_group, group->id});
  }
  const bool in_a_group = is_owning || std::ranges::any_of(named, concerns);
  return !in_a_group && grants(of.mode & digit, want) ? std::optional(Grant{GrantedTo::others, 0})
                                                      : std::nullopt;
}

// acl_permission_check(). If the group bits are empty, the kernel does not read the ACL.
std::optional<Grant> by_mode(const Permissions& of, std::uint32_t want, const Credentials& who) {
  if (who.uid == of.uid) {
    return grants(of.mode >> owner_shift & digit, want)
               ? std::optional(Grant{GrantedTo::owner, of.uid})
               : std::nullopt;
  }
  const std::uint32_t group = of.mode >> group_shift & digit;
  if (of.acl && group != 0) {
    return by_acl(of, want, who);
  }
  if (is_member(who, of.gid)) {
    return grants(group, want) ? std::optional(Grant{GrantedTo::owning_group, of.gid})
                               : std::nullopt;
  }
  return grants(of.mode & digit, want) ? std::optional(Grant{GrantedTo::others, 0}) : std::nullopt;
}

// capable_wrt_inode_uidgid()
bool has(const Credentials& who, unsigned capability, const Permissions& over) {
  const bool is_mapped = !who.private_users || ((over.uid == 0 || over.uid == who.uid) &&
                                                (over.gid == 0 || over.gid == who.gid));
  return is_mapped && (who.capabilities >> capability & 1U) != 0;
}
}  // namespace

bool is_member(const Credentials& who, std::uint32_t group) {
  return who.gid == group || std::ranges::find(who.groups, group) != who.groups.end();
}

std::optional<Grant> grant(const Permissions& permissions, NodeType type, std::uint32_t want,
                           const Credentials& who) {
  if (const auto reason = by_mode(permissions, want, who)) {
    return reason;
  }
  const bool only_looks = type == NodeType::directory ? (want & may_write) == 0 : want == may_read;
  // Capabilities make no program of a file without any x bit.
  const bool is_program =
      type == NodeType::directory || (want & may_execute) == 0 || (permissions.mode & 0111U) != 0;
  const bool may = (is_program && has(who, cap_dac_override, permissions)) ||
                   (only_looks && has(who, cap_dac_read_search, permissions));
  return may ? std::optional(Grant{GrantedTo::capability, 0}) : std::nullopt;
}
}  // namespace checklist::semantics
