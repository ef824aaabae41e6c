// SPDX-License-Identifier: MIT
#include "checks/start/read_only.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
TEST(ReadOnly, IsWhatTheMountAboveSays) {
  testing::World world = testing::a_start_world().with(
      MountsKey{1}, std::vector<Mount>{{"/", "/", "ext4", "", {"rw"}},
                                       {"/srv", "/", "ext4", "", {"relatime", "ro"}},
                                       {"/proc", "/", "proc", "", {"rw"}}});
  View see = world.view();
  FactReader look(see);
  EXPECT_FALSE(is_on_read_only_mount("/var/lib/x", look));
  EXPECT_TRUE(is_on_read_only_mount("/srv/x", look));
  EXPECT_TRUE(is_on_read_only_mount("/proc/x", look)) << "only the kernel makes files there";
}

TEST(ReadOnly, IsNothingThatCannotBeSeen) {
  testing::World world =
      testing::a_start_world().with(MountsKey{1}, Unseen{"permission", "denied", ""});
  View see = world.view();
  FactReader look(see);
  EXPECT_FALSE(is_on_read_only_mount("/srv/x", look));
  EXPECT_FALSE(look.gap());
}
}  // namespace
}  // namespace checklist::checks
