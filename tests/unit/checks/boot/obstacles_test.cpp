// SPDX-License-Identifier: MIT
#include "checks/boot/obstacles.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using namespace checklist::testing;
using ::testing::IsEmpty;
using ::testing::SizeIs;

World known_x() {
  World world = a_world("x.service");
  add_targets(world);
  add_unit(world, "x.service");
  for (const char* directory : {"/run/systemd/system", "/lib/systemd/system"}) {
    world.with(FileKey{std::string(directory) + "/x.service"}, a_file("missing"));
  }
  return world;
}

std::optional<Finding> block(World& world, LoadState load = LoadState::loaded) {
  View see = world.view();
  FactReader look(see);
  return blocked(look, a_unit("x.service", ActiveState::active, "running", load), "it starts");
}

TEST(Obstacles, NoneForAUnitWithAFileInEtc) {
  World world = known_x();
  EXPECT_FALSE(block(world));
  world.with(UnitFileKey{fragment_of("x.service")}, Unseen{"permission", "mode 0600", ""});
  EXPECT_FALSE(block(world)) << "only its existence counts";
}

TEST(Obstacles, AFragmentInRunIsNotKept) {
  World world = known_x();
  fragment(world, "x.service", "/run/systemd/system/x.service");
  world.with(FileKey{fragment_of("x.service")}, a_file("missing"));
  const auto finding = block(world);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->reason, "not_kept");
  EXPECT_EQ(finding->observed, "/run/systemd/system/x.service is in /run, which a reboot clears");
  EXPECT_EQ(finding->hint, "install its unit file in /etc/systemd/system");
  world.spec().user = "dev";
  EXPECT_EQ(block(world)->hint, "install its unit file in ~/.config/systemd/user");
}

TEST(Obstacles, AFragmentInRunThatCoversAnotherLeavesThatOne) {
  World world = known_x();
  fragment(world, "x.service", "/run/systemd/system/x.service");
  world.with(FileKey{fragment_of("x.service")}, a_file("missing"))
      .with(FileKey{"/lib/systemd/system/x.service"}, a_file("regular"));
  EXPECT_FALSE(block(world));
}

TEST(Obstacles, AUnitThatIsThereNowNeedsAReload) {
  World world = known_x();
  const auto finding = block(world, LoadState::not_found);
  ASSERT_TRUE(finding);
  EXPECT_EQ(finding->reason, "not_found");
  EXPECT_EQ(finding->hint, "run `systemctl daemon-reload`");
  world.with(FileKey{fragment_of("x.service")}, a_file("missing"));
  EXPECT_EQ(block(world, LoadState::not_found)->hint,
            "install the unit file of x.service or remove its spec");
}

TEST(Obstacles, ACycleConcernsTheBootAlone) {
  World world = known_x();
  world.with(
      BootCyclesKey{"graphical.target"},
      std::vector<BootCycle>{{.after = {{"x.service", {"y.service"}}, {"y.service", {"x.service"}}},
                              .may_drop = {"x.service"}}});
  const Unit x = a_unit("x.service", ActiveState::active, "running");
  View see = world.view();
  EXPECT_THAT(prevented(see, x, {}, StartedBy::target), SizeIs(1));
  EXPECT_THAT(prevented(see, x, {}, StartedBy::device), IsEmpty());
}
}  // namespace
}  // namespace checklist::checks
