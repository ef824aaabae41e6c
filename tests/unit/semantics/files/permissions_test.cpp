// SPDX-License-Identifier: MIT
#include "semantics/files/permissions.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
constexpr std::uint32_t read_write = may_read | may_write;
constexpr std::uint32_t ann = 1000;
constexpr std::uint32_t video = 44;
constexpr std::uint32_t render = 105;

Permissions of(std::uint32_t mode, std::uint32_t uid = 0, std::uint32_t gid = video) {
  return {.mode = mode, .uid = uid, .gid = gid};
}

Permissions with_acl(std::uint32_t mode, std::uint32_t owning_group, std::vector<AclEntry> named) {
  Permissions out = of(mode);
  out.acl = Acl{.owning_group = owning_group, .named = std::move(named)};
  return out;
}

std::optional<GrantedTo> to(const Permissions& permissions, std::uint32_t want,
                            const Credentials& who, NodeType type = NodeType::character) {
  const auto granted = grant(permissions, type, want, who);
  return granted ? std::optional(granted->to) : std::nullopt;
}

TEST(Permissions, TheFirstClassThatFitsDecides) {
  const Credentials in_video{.uid = ann, .gid = ann, .groups = {video}};
  EXPECT_EQ(to(of(0660), read_write, in_video), GrantedTo::owning_group);
  EXPECT_EQ(to(of(0606), read_write, in_video), std::nullopt);
  EXPECT_EQ(to(of(0066, ann), read_write, in_video), std::nullopt);
  EXPECT_EQ(to(of(0600, ann), read_write, in_video), GrantedTo::owner);
  EXPECT_EQ(to(of(0606), read_write, {.uid = ann, .gid = ann}), GrantedTo::others);
  EXPECT_EQ(to(of(0640), read_write, in_video), std::nullopt);
  EXPECT_EQ(to(of(0640), may_read, in_video), GrantedTo::owning_group);
  EXPECT_EQ(to(of(0660), read_write, {.uid = ann, .gid = video}), GrantedTo::owning_group);
}

TEST(Permissions, AnAclsEntriesCountAsFarAsTheMaskLets) {
  const Credentials in_render{.uid = ann, .gid = ann, .groups = {render}};
  const AclEntry entry{.for_group = true, .id = render, .bits = 6};
  EXPECT_EQ(to(with_acl(0660, 0, {entry}), read_write, in_render), GrantedTo::named_group);
  EXPECT_EQ(to(with_acl(0640, 0, {entry}), read_write, in_render), std::nullopt);
  const AclEntry of_ann{.for_group = false, .id = ann, .bits = 4};
  EXPECT_EQ(to(with_acl(0666, 6, {of_ann, entry}), read_write, in_render), std::nullopt);
  EXPECT_EQ(to(with_acl(0660, 6, {of_ann}), may_read, in_render), GrantedTo::named_user);
}

TEST(Permissions, AGroupsEntryThatSaysTooLittlePassesOnToTheNextButNotToOthers) {
  const Credentials who{.uid = ann, .gid = ann, .groups = {video, render}};
  const AclEntry entry{.for_group = true, .id = render, .bits = 6};
  EXPECT_EQ(to(with_acl(0666, 4, {entry}), read_write, who), GrantedTo::named_group);
  const AclEntry little{.for_group = true, .id = render, .bits = 4};
  EXPECT_EQ(to(with_acl(0666, 4, {little}), read_write, who), std::nullopt);
}

TEST(Permissions, WithoutABitForTheGroupTheAclIsNotLookedAt) {
  const AclEntry of_ann{.for_group = false, .id = ann, .bits = 0};
  EXPECT_EQ(to(with_acl(0606, 6, {of_ann}), read_write, {.uid = ann, .gid = ann}),
            GrantedTo::others);
  EXPECT_EQ(to(with_acl(0606, 6, {of_ann}), read_write, {.uid = 1, .gid = video}), std::nullopt);
}

TEST(Permissions, CapabilitiesOverride) {
  const Credentials overriding{.uid = ann, .gid = ann, .capabilities = 1U << cap_dac_override};
  const Credentials reading{.uid = ann, .gid = ann, .capabilities = 1U << cap_dac_read_search};
  EXPECT_EQ(to(of(0000), read_write, overriding), GrantedTo::capability);
  EXPECT_EQ(to(of(0000), may_read, reading), GrantedTo::capability);
  EXPECT_EQ(to(of(0000), read_write, reading), std::nullopt);
  EXPECT_EQ(to(of(0000), may_search, reading, NodeType::directory), GrantedTo::capability);
  EXPECT_EQ(to(of(0000), read_write, {.uid = 0, .gid = 0}), std::nullopt);
}

TEST(Permissions, InAUserNamespaceTheyCountForItsOwnFilesOnly) {
  const Credentials root{.capabilities = ~0ULL, .private_users = true};
  EXPECT_EQ(to(of(0000, 0, 0), read_write, root), GrantedTo::capability);
  EXPECT_EQ(to(of(0000, 0, video), read_write, root), std::nullopt);
  EXPECT_EQ(to(of(0000, ann, 0), read_write, root), std::nullopt);
}
}  // namespace
}  // namespace checklist::semantics
