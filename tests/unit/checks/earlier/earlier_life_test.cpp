// SPDX-License-Identifier: MIT
#include "checks/earlier/earlier_life.hpp"

#include <gtest/gtest.h>

#include "support/graph.hpp"
#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_file;
using testing::a_service_in;
using testing::texts;
using testing::usec;
using testing::World;

const std::string cgroup = "/system.slice/x.service";

World a_running_service() {
  World world = a_service_in(ActiveState::active, "running");
  world.number("MainPID", 100)
      .text("ControlGroup", cgroup)
      .number("ExecMainStartTimestampMonotonic", usec(testing::entered));
  return world;
}

TEST(EarlierLife, IsOfAllKinds) {
  World world = a_running_service();
  world.with(HeldFilesKey{cgroup}, HeldFiles{.replaced = {"/usr/sbin/x"}})
      .property("RuntimeDirectory", texts({"x"}))
      .with(FileKey{"/run/x"}, a_file("missing"));
  View see = world.view();
  EXPECT_EQ(earlier_life(see).size(), 2U);
}
}  // namespace
}  // namespace checklist::checks
