// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/earlier/earlier_life.hpp"
#include "support/running_service.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_running_service;
using testing::World;

Mount a_mount(std::string path, std::string root) {
  return {.path = std::move(path), .root = std::move(root), .type = "tmpfs", .source = "tmpfs"};
}

Findings found(std::vector<Mount> mounts, std::vector<Mount> host = {a_mount("/", "/")}) {
  World world = a_running_service();
  world.with(MountsKey{100}, std::move(mounts)).with(MountsKey{1}, std::move(host));
  View see = world.view();
  return lost_mounts(see);
}

TEST(LostMounts, AreOfRemovedDirectories) {
  const auto out = found({a_mount("/", "/"), a_mount("/srv/x", "/x//deleted")});
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].reason, "restart_needed");
  EXPECT_EQ(out[0].subject, "/srv/x");
  EXPECT_TRUE(found({a_mount("/srv/x", "/x")}).empty());
}

TEST(LostMounts, AreNotThoseOfTheHostOrOfSystemd) {
  const Mount lost = a_mount("/srv/x", "/x//deleted");
  EXPECT_TRUE(found({lost}, {lost}).empty());
  EXPECT_TRUE(found({a_mount("/run/systemd/incoming", "/systemd/x//deleted")}).empty());
}

TEST(LostMounts, AreNotCoveredByAnother) {
  EXPECT_TRUE(found({a_mount("/srv/x", "/x//deleted"), a_mount("/srv/x", "/x")}).empty());
}

TEST(LostMounts, OfAServiceWithoutMainProcessAreThoseOfItsOldest) {
  World world = a_running_service();
  world.number("MainPID", 0)
      .number("ControlPID", 0)
      .with(MembersKey{testing::cgroup_of_service},
            std::vector<Member>{
                {.pid = 7, .started = {}, .cgroup = {}, .is_zombie = true},
                {.pid = 8, .started = TimePoint{testing::entered + 1s}, .cgroup = {}}})
      .with(MountsKey{8}, std::vector<Mount>{a_mount("/srv/x", "/x//deleted")})
      .with(MountsKey{1}, std::vector<Mount>{});
  View see = world.view();
  EXPECT_EQ(lost_mounts(see).size(), 1U);
}

TEST(LostMounts, AreNoFindingWhereNothingIsSeen) {
  World world = a_running_service();
  world.with(MountsKey{100}, Unseen{"permission", "access denied", ""});
  View see = world.view();
  EXPECT_TRUE(lost_mounts(see).empty());
}
}  // namespace
}  // namespace checklist::checks
