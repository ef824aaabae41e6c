// SPDX-License-Identifier: MIT
#include "checks/definition/alias.hpp"

#include <gmock/gmock.h>

#include "support/graph.hpp"

namespace checklist::checks {
namespace {
using testing::a_unit;
using testing::a_world;
using ::testing::HasSubstr;
using testing::World;

const Unseen denied{"permission", "access denied", ""};

// y.service, loaded as that unit, with a unit file in that state.
World a_name(const std::string& id, const std::string& file, LoadState load = LoadState::loaded) {
  World world = a_world("x.service");
  world.with(UnitKey{"y.service"}, a_unit(id, ActiveState::active, "running", load))
      .with(EnablementKey{"y.service"}, file);
  return world;
}

Finding judged(World world) {
  View see = world.view();
  return alias_finding("y.service", "x.service", see);
}

TEST(Alias, PassesAsLoadedAndOnDisk) {
  for (const char* file : {"alias", "linked", "linked-runtime"}) {
    const Finding finding = judged(a_name("x.service", file));
    EXPECT_EQ(finding.status, Status::pass) << file;
    EXPECT_EQ(finding.subject, "alias y.service");
  }
}

TEST(Alias, PassesForTheCanonicalNameItself) {
  for (const char* file : {"enabled", "not-found"}) {
    World world = a_name("y.service", file);
    View see = world.view();
    EXPECT_EQ(alias_finding("y.service", "y.service", see).status, Status::pass) << file;
  }
}

TEST(Alias, IsMissingWhereNothingIsLoadedByThatName) {
  const Finding absent = judged(a_name("y.service", "not-found", LoadState::not_found));
  EXPECT_EQ(absent.reason, "alias_missing");
  EXPECT_EQ(absent.observed, "not-found");
  EXPECT_THAT(absent.hint, HasSubstr("`systemctl daemon-reload`"));
  const Finding masked = judged(a_name("y.service", "masked", LoadState::masked));
  EXPECT_EQ(masked.reason, "alias_missing");
  EXPECT_EQ(masked.observed, "masked");
}

TEST(Alias, IsMissingAsSoonAsItsLinkIs) {
  const Finding finding = judged(a_name("x.service", "not-found"));
  EXPECT_EQ(finding.status, Status::fail);
  EXPECT_EQ(finding.reason, "alias_missing");
  EXPECT_EQ(finding.observed, "link is missing: the alias is lost at the next reload");
}

TEST(Alias, IsSeparateWhereTheNameHasAUnitOrAFileOfItsOwn) {
  const Finding loaded = judged(a_name("y.service", "enabled"));
  EXPECT_EQ(loaded.reason, "alias_separate");
  EXPECT_EQ(loaded.observed, "a separate unit");
  EXPECT_THAT(loaded.hint, HasSubstr("`systemctl disable --now y.service`"));
  const Finding on_disk = judged(a_name("x.service", "static"));
  EXPECT_EQ(on_disk.reason, "alias_separate");
  EXPECT_EQ(on_disk.observed, "a separate unit after the next reload");
}

TEST(Alias, IsUnknownWhereEitherIsUnseen) {
  World no_unit = a_name("x.service", "alias");
  no_unit.with(UnitKey{"y.service"}, denied);
  World no_file = a_name("y.service", "alias");
  no_file.with(EnablementKey{"y.service"}, denied);
  for (const World& world : {no_unit, no_file}) {
    EXPECT_EQ(judged(world).status, Status::unknown);
    EXPECT_EQ(judged(world).reason, "permission");
  }
}

// x.service is also known as y.service, whose link is in /etc.
World also_known_as(const std::string& name) {
  World world = a_world("x.service");
  testing::add_targets(world);
  testing::add_unit(world, "x.service");
  testing::edges(world, "x.service", "Names", {"x.service", name});
  for (const char* directory :
       {"/etc/systemd/system", "/run/systemd/system", "/lib/systemd/system"}) {
    world.with(FileKey{std::string(directory) + "/" + name}, testing::a_file("missing"));
  }
  return world;
}

Findings lost(World& world) {
  View see = world.view();
  return lost_names({}, "x.service", see);
}

TEST(Alias, ALinkToTheUnitFileIsKept) {
  World world = also_known_as("y.service");
  world.with(FileKey{"/etc/systemd/system/y.service"},
             testing::a_file("symlink", "/etc/systemd/system/x.service"));
  EXPECT_TRUE(lost(world).empty());
}

TEST(Alias, ALinkThatWasMovedFailsBeforeTheReload) {
  World world = also_known_as("y.service");
  world.with(FileKey{"/etc/systemd/system/y.service"},
             testing::a_file("symlink", "/etc/systemd/system/z.service"));
  const Finding finding = lost(world).at(0);
  EXPECT_EQ(finding.reason, "alias_moved");
  EXPECT_EQ(finding.observed,
            "/etc/systemd/system/y.service leads to /etc/systemd/system/z.service");
}

TEST(Alias, ALinkThatIsGoneFailsAlsoIfNotDeclared) {
  World world = also_known_as("y.service");
  EXPECT_EQ(lost(world).at(0).reason, "alias_missing");
  View see = world.view();
  EXPECT_TRUE(lost_names({"y.service"}, "x.service", see).empty()) << "was judged already";
}

TEST(Alias, ALinkOfAGeneratorIsKept) {
  World world = also_known_as("y.service");
  world.with(FileKey{"/run/systemd/system/y.service"}, testing::a_file("symlink", "/x"));
  EXPECT_TRUE(lost(world).empty());
}

TEST(Alias, AnInstanceIsKnownByTheLinkOfItsTemplate) {
  World world = also_known_as("y@a.service");
  world.with(FileKey{"/etc/systemd/system/y@.service"},
             testing::a_file("symlink", "/etc/systemd/system/x.service"));
  EXPECT_TRUE(lost(world).empty());
}

TEST(Alias, AnUnseenLinkIsUnknown) {
  World world = also_known_as("y.service");
  world.with(FileKey{"/etc/systemd/system/y.service"}, denied);
  EXPECT_EQ(lost(world).at(0).status, Status::unknown);
}
}  // namespace
}  // namespace checklist::checks
