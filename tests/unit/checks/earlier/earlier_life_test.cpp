// SPDX-License-Identifier: MIT
#include "checks/earlier/earlier_life.hpp"

#include <gtest/gtest.h>

#include "support/running_service.hpp"

namespace checklist::checks {
namespace {
using testing::a_file;
using testing::a_running_service;
using testing::texts;
using testing::World;

TEST(EarlierLife, IsOfAllKinds) {
  World world = a_running_service();
  world.with(HeldFilesKey{testing::cgroup_of_service}, HeldFiles{.replaced = {"/usr/sbin/x"}})
      .property("RuntimeDirectory", texts({"x"}))
      .with(FileKey{"/run/x"}, a_file("missing"));
  View see = world.view();
  EXPECT_EQ(earlier_life(see).size(), 2U);
}
}  // namespace
}  // namespace checklist::checks
