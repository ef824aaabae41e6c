// SPDX-License-Identifier: MIT
#include "checks/boot/unit_on_disk.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;

UnitOnDisk found(World& world) {
  View see = world.view();
  FactReader look(see);
  return unit_on_disk(look, "x.service");
}

World nowhere() {
  World world = a_world("x.service");
  add_targets(world);
  for (const char* directory :
       {"/etc/systemd/system", "/run/systemd/system", "/lib/systemd/system"}) {
    world.with(FileKey{std::string(directory) + "/x.service"}, a_file("missing"));
  }
  return world;
}

TEST(UnitOnDisk, IsTheFirstFileOutsideRun) {
  World world = nowhere();
  EXPECT_EQ(found(world).path, "");
  world.with(FileKey{"/run/systemd/system/x.service"}, a_file("regular"));
  EXPECT_FALSE(found(world).is_there);
  world.with(FileKey{"/lib/systemd/system/x.service"}, a_file("regular"));
  EXPECT_EQ(found(world).path, "/lib/systemd/system/x.service");
  EXPECT_TRUE(found(world).is_there);
}

TEST(UnitOnDisk, FollowsALink) {
  World world = nowhere();
  world.with(FileKey{"/etc/systemd/system/x.service"}, a_file("symlink", "/srv/x.service"));
  EXPECT_EQ(found(world).target, "/srv/x.service");
  world.with(FileKey{"/etc/systemd/system/x.service"}, a_file("symlink"));
  EXPECT_FALSE(found(world).is_there);
  world.with(FileKey{"/etc/systemd/system/x.service"}, a_file("symlink", "/dev/null"));
  EXPECT_FALSE(found(world).is_there);
}
}  // namespace
}  // namespace checklist::checks
