// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/earlier/earlier_life.hpp"
#include "support/graph.hpp"
#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_service_in;
using testing::World;

const std::string cgroup = "/system.slice/x.service";

Findings found(const Observed<HeldFiles>& held, ActiveState state = ActiveState::active) {
  World world = a_service_in(state, "x");
  world.text("ControlGroup", cgroup).with(HeldFilesKey{cgroup}, held);
  View see = world.view();
  return replaced_programs(see);
}

TEST(ReplacedPrograms, FailAndAreNamed) {
  const auto out = found(HeldFiles{.replaced = {"/usr/lib/libssl.so.3", "/usr/sbin/x"}});
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].status, Status::fail);
  EXPECT_EQ(out[0].reason, "program_replaced");
  EXPECT_NE(out[0].observed.find("/usr/lib/libssl.so.3, /usr/sbin/x"), std::string::npos);
  EXPECT_NE(out[0].hint.find("systemctl restart x.service"), std::string::npos);
}

TEST(ReplacedPrograms, AreNamedUpToThree) {
  const auto out = found(HeldFiles{.replaced = {"/usr/a", "/usr/b", "/usr/c", "/usr/d"}});
  EXPECT_TRUE(out.at(0).observed.ends_with("/usr/a, /usr/b, /usr/c, …"));
}

TEST(ReplacedPrograms, AreNoFindingWhereThereAreNoneOrNothingIsSeen) {
  EXPECT_TRUE(found(HeldFiles{}).empty());
  EXPECT_TRUE(found(Unseen{"permission", "access denied", ""}).empty());
  EXPECT_TRUE(found(HeldFiles{.replaced = {"/usr/a"}}, ActiveState::inactive).empty());
}

TEST(ReplacedPrograms, OfTheBusAskForNoRestartOfIt) {
  World world = testing::a_unit_in("dbus.service", ActiveState::active, "running");
  world.text("ControlGroup", cgroup)
      .with(HeldFilesKey{cgroup}, HeldFiles{.replaced = {"/usr/bin/dbus-daemon"}});
  View see = world.view();
  EXPECT_EQ(replaced_programs(see).at(0).hint.find("systemctl"), std::string::npos);
}
}  // namespace
}  // namespace checklist::checks
