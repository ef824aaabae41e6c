// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checks/paths/path_lookup.hpp"
#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_gpu_world;
using testing::a_link;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::pairs;
using testing::texts;
using testing::World;

const UnitMount api_dev{
    .path = "/dev", .kind = MountKind::bind, .source = "/dev", .setting = "MountAPIVFS=yes"};
const UnitMount private_dev{
    .path = "/dev", .kind = MountKind::empty, .setting = "PrivateDevices=yes"};
const UnitMount srv_root{
    .path = "/", .kind = MountKind::bind, .source = "/srv", .setting = "RootDirectory=/srv"};

UnitMount inaccessible(std::string path, const std::string& given) {
  return {.path = std::move(path),
          .kind = MountKind::inaccessible,
          .setting = "InaccessiblePaths=" + given};
}

class UnitMountsTest : public ::testing::Test {
 protected:
  UnitMountsTest() { world_.with(NodeKey{"/srv"}, a_directory()).with(NodeKey{"/none"}, Node{}); }

  std::vector<UnitMount> mounts(Sandbox sandbox = Sandbox::whole) {
    auto view = world_.view();
    FactReader look(view);
    auto out = unit_mounts(look, "x.service", sandbox);
    has_gap_ = look.gap().has_value();
    return out;
  }

  // As systemd reports BindPaths: (source, destination, whether it may miss, flags).
  void bind(const std::string& source, const std::string& path, bool may_miss) {
    world_.property("BindPaths",
                    Value{Values{Value{Values{Value{source}, Value{path}, Value{may_miss},
                                              Value{std::uint64_t{16384}}}}}});
  }

  void write_unit_file(const std::string& path, const std::string& value) {
    world_.with(UnitFileKey{path},
                UnitFile{.exists = true, .directives = {{"Service", "MountAPIVFS", value}}});
  }

  World world_ = a_gpu_world();
  bool has_gap_ = false;
};

TEST_F(UnitMountsTest, AreNoneWithoutADirective) {
  EXPECT_THAT(mounts(), IsEmpty());
  EXPECT_FALSE(has_gap_);
  world_.text("RootDirectory", "/");
  EXPECT_THAT(mounts(), IsEmpty());
}

TEST_F(UnitMountsTest, NameTheDirectiveAndWhatItPutsThere) {
  world_.property("PrivateDevices", Value{true})
      .property("InaccessiblePaths", texts({"-/none", "/none"}))
      .property("MountImages", pairs({{"/x.raw", "/srv"}}))
      .property("TemporaryFileSystem", pairs({{"/srv", "size=1M"}}));
  EXPECT_THAT(
      mounts(),
      ElementsAre(
          inaccessible("/none", "/none"), private_dev,
          UnitMount{.path = "/srv", .kind = MountKind::unknown, .setting = "MountImages=/x.raw"},
          UnitMount{
              .path = "/srv", .kind = MountKind::empty, .setting = "TemporaryFileSystem=/srv"}));
  EXPECT_FALSE(has_gap_);
}

TEST_F(UnitMountsTest, BindTheFileThatTheSourceLeadsTo) {
  world_.with(NodeKey{"/dev/gpu"}, a_link("nvidia0"));
  bind("/dev/gpu", "/srv", true);
  EXPECT_THAT(mounts(), ElementsAre(UnitMount{.path = "/srv",
                                              .kind = MountKind::bind,
                                              .source = "/dev/nvidia0",
                                              .setting = "BindPaths=/dev/gpu:/srv"}));
}

TEST_F(UnitMountsTest, OfAPrivateTmpAreNewDirectoriesUnlessOtherUnitsShareThem) {
  world_.property("PrivateTmp", Value{true}).property("JoinsNamespaceOf", texts({}));
  for (const char* path : {"/tmp", "/var", "/var/tmp"}) {
    world_.with(NodeKey{path}, a_directory());
  }
  ASSERT_EQ(mounts().size(), 2U);
  EXPECT_EQ(mounts()[1], (UnitMount{.path = "/var/tmp",
                                    .kind = MountKind::empty,
                                    .setting = "PrivateTmp=yes",
                                    .mode = 01777}));
  world_.property("JoinsNamespaceOf", texts({"y.service"}));
  EXPECT_EQ(mounts()[0].kind, MountKind::unknown);
}

TEST_F(UnitMountsTest, OfProtectHomeCoverTheHomes) {
  for (const char* path : {"/home", "/root", "/run", "/run/user"}) {
    world_.with(NodeKey{path}, a_directory());
  }
  world_.text("ProtectHome", "yes");
  ASSERT_EQ(mounts().size(), 3U);
  EXPECT_EQ(mounts()[0].kind, MountKind::inaccessible);
  world_.text("ProtectHome", "tmpfs");
  EXPECT_EQ(mounts()[0].kind, MountKind::empty);
  world_.text("ProtectHome", "read-only");
  EXPECT_THAT(mounts(), IsEmpty());
}

TEST_F(UnitMountsTest, OfATemporaryFileSystemHaveTheModeOfItsOptions) {
  world_.property("TemporaryFileSystem", pairs({{"/srv", "size=1M,mode=0700"}}));
  EXPECT_EQ(mounts().at(0).mode, 0700U);
}

TEST_F(UnitMountsTest, OfATemporaryFileSystemGiveWayToAListedPath) {
  world_.property("TemporaryFileSystem", pairs({{"/srv", ""}}))
      .property("ReadOnlyPaths", texts({"-/srv"}));
  EXPECT_THAT(mounts(), IsEmpty());
  EXPECT_EQ(mounts(Sandbox::none).size(), 1U);
}

TEST_F(UnitMountsTest, AreFewerWithoutTheSandbox) {
  world_.property("PrivateDevices", Value{true})
      .property("InaccessiblePaths", texts({"/srv"}))
      .property("TemporaryFileSystem", pairs({{"/dev/shm", ""}}));
  EXPECT_EQ(mounts().size(), 3U);
  ASSERT_EQ(mounts(Sandbox::none).size(), 1U);
  EXPECT_EQ(mounts(Sandbox::none)[0].path, "/dev/shm");
}

TEST_F(UnitMountsTest, OmitAMissingSourceOnlyIfItMayMiss) {
  bind("/none", "/srv", true);
  EXPECT_THAT(mounts(), IsEmpty());
  bind("/none", "/srv", false);
  ASSERT_EQ(mounts().size(), 1U);
  EXPECT_EQ(mounts()[0].source, "/none");
}

TEST_F(UnitMountsTest, CoverWhereALinkLeadsButNotBelowAnEmptyDirectory) {
  world_.with(NodeKey{"/dev/gpu"}, a_link("nvidia0"))
      .property("InaccessiblePaths", texts({"/dev/gpu"}));
  EXPECT_THAT(mounts(), ElementsAre(inaccessible("/dev/nvidia0", "/dev/gpu")));
  world_.property("PrivateDevices", Value{true});
  EXPECT_THAT(mounts(), ElementsAre(inaccessible("/dev/gpu", "/dev/gpu"), private_dev));
}

TEST_F(UnitMountsTest, OfAnotherRootHaveTheHostsDevUnlessItIsPrivate) {
  world_.text("RootDirectory", "/srv");
  EXPECT_THAT(mounts(), ElementsAre(srv_root, api_dev));
  world_.property("PrivateDevices", Value{true});
  EXPECT_THAT(mounts(), ElementsAre(srv_root, private_dev));
  world_.property("PrivateDevices", Value{false}).text("RootImage", "/x.raw");
  EXPECT_THAT(
      mounts(),
      ElementsAre(UnitMount{.path = "/", .kind = MountKind::unknown, .setting = "RootImage=/x.raw"},
                  api_dev));
}

TEST_F(UnitMountsTest, ObeyTheLastMountApiVfsOfTheUnitsFiles) {
  world_.text("RootDirectory", "/srv").text("FragmentPath", "/x.service");
  write_unit_file("/x.service", "no");
  EXPECT_THAT(mounts(), ElementsAre(srv_root));
  world_.property("DropInPaths", texts({"/x.service.d/a.conf"}));
  write_unit_file("/x.service.d/a.conf", "yes");
  EXPECT_THAT(mounts(), ElementsAre(srv_root, api_dev));
}

TEST_F(UnitMountsTest, NothingIsInaccessibleThatAnEmptyDirectoryHides) {
  world_.with(NodeKey{"/srv/x"}, a_directory())
      .property("InaccessiblePaths", texts({"-/srv/x"}))
      .property("TemporaryFileSystem", pairs({{"/srv", ""}}));
  ASSERT_EQ(mounts().size(), 1U);
  EXPECT_EQ(mounts()[0].setting, "TemporaryFileSystem=/srv");
  bind("/srv/x", "/srv/x", false);
  EXPECT_EQ(mounts().size(), 3U);
}

TEST_F(UnitMountsTest, TakeAPathForTheHostsUnlessItHasAPlus) {
  world_.text("RootDirectory", "/srv")
      .property("InaccessiblePaths", texts({"/none", "/srv/dev", "+/none"}));
  EXPECT_THAT(mounts(), ElementsAre(srv_root, inaccessible("/dev", "/srv/dev"),
                                    inaccessible("/none", "+/none"), api_dev));
}

TEST_F(UnitMountsTest, HaveAGapWhereADirectiveCannotBeSeen) {
  for (const char* name :
       {"RootDirectory", "RootImage", "InaccessiblePaths", "BindPaths", "BindReadOnlyPaths",
        "PrivateDevices", "MountImages", "TemporaryFileSystem", "PrivateTmp", "ProtectHome"}) {
    world_ = a_gpu_world();
    world_.with(PropertyKey{"x.service", name}, Unseen{"permission", "access denied", ""});
    (void)mounts();
    EXPECT_TRUE(has_gap_) << name;
  }
}
}  // namespace
}  // namespace checklist::checks
