// SPDX-License-Identifier: MIT
#include "checks/start/extensions.hpp"

#include <gtest/gtest.h>

#include "support/start_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_directory;
using testing::a_start_world;
using testing::texts;
using testing::World;

using Fields = std::map<std::string, std::string>;

const std::string directory = "/srv/ext";
const std::string prefix = directory + "/usr/lib/extension-release.d/extension-release.";

class ExtensionsTest : public ::testing::Test {
 protected:
  ExtensionsTest() {
    host({{"ID", "debian"}, {"VERSION_ID", "12"}});
    extension({{"ID", "debian"}, {"VERSION_ID", "12"}});
  }

  void host(Fields fields) {
    world_.with(ReleaseFileKey{"/etc/os-release"},
                ReleaseFile{.exists = true, .fields = std::move(fields)});
  }

  void extension(Fields fields) {
    world_.with(ReleaseFileKey{prefix + "ext"},
                ReleaseFile{.exists = true, .fields = std::move(fields)});
  }

  std::string verdict() {
    View see = world_.view();
    const Findings all = unusable_extensions(see);
    return all.empty() ? "" : std::string(text(all[0].status)) + " " + all[0].reason;
  }

  World world_ = a_start_world()
                     .property("ExtensionDirectories", texts({directory}))
                     .with(NodeKey{directory}, a_directory())
                     .with(GlobKey{prefix + "*"}, std::vector<std::string>{});
};

TEST_F(ExtensionsTest, AreForThisHost) {
  const std::vector<std::pair<Fields, bool>> cases{
      {{{"ID", "debian"}, {"VERSION_ID", "12"}}, true},
      {{{"ID", "debian"}, {"VERSION_ID", "11"}}, false},
      {{{"ID", "debian"}}, false},
      {{{"ID", "fedora"}, {"VERSION_ID", "12"}}, false},
      {{{"ID", "_any"}}, true},
      {{{"ID", "_any"}, {"ARCHITECTURE", "_any"}}, true},
      {{{"ID", "_any"}, {"ARCHITECTURE", "sparc"}}, false},
      {{{"ID", "debian"}, {"SYSEXT_LEVEL", "1"}}, false},
      {{}, false}};
  for (const auto& [fields, is_right] : cases) {
    extension(fields);
    EXPECT_EQ(verdict(), is_right ? "" : "fail not_for_host") << ::testing::PrintToString(fields);
  }
}

TEST_F(ExtensionsTest, MayHaveTheLevelOfTheHostInsteadOfItsVersion) {
  host({{"ID", "debian"}, {"VERSION_ID", "12"}, {"SYSEXT_LEVEL", "1"}});
  extension({{"ID", "debian"}, {"SYSEXT_LEVEL", "1"}});
  EXPECT_EQ(verdict(), "");
  extension({{"ID", "debian"}, {"SYSEXT_LEVEL", "2"}, {"VERSION_ID", "12"}});
  EXPECT_EQ(verdict(), "fail not_for_host");
  host({{"ID", "arch"}});
  extension({{"ID", "arch"}});
  EXPECT_EQ(verdict(), "") << "a rolling release";
}

TEST_F(ExtensionsTest, NeedTheFileOfTheirName) {
  world_.with(ReleaseFileKey{prefix + "ext"}, ReleaseFile{});
  EXPECT_EQ(verdict(), "fail not_for_host");
  world_.property("ExtensionDirectories", texts({"-" + directory}));
  EXPECT_EQ(verdict(), "");
  world_.with(NodeKey{directory}, testing::a_regular_file());
  EXPECT_EQ(verdict(), "fail not_for_host") << "the prefix is about a missing file only";
}

TEST_F(ExtensionsTest, MayHaveOneOfAnotherNameThatSaysSo) {
  const ReleaseFile other{.exists = true, .fields = {{"ID", "_any"}}, .is_for_any_name = true};
  world_.with(ReleaseFileKey{prefix + "ext"}, ReleaseFile{})
      .with(GlobKey{prefix + "*"}, std::vector<std::string>{prefix + "a", prefix + "b"})
      .with(ReleaseFileKey{prefix + "a"}, other)
      .with(ReleaseFileKey{prefix + "b"}, ReleaseFile{.exists = true});
  EXPECT_EQ(verdict(), "");
  world_.with(ReleaseFileKey{prefix + "b"}, other);
  EXPECT_EQ(verdict(), "fail not_for_host") << "two do";
}

TEST_F(ExtensionsTest, AreUnknownIfTheirFileCannotBeRead) {
  world_.with(ReleaseFileKey{prefix + "ext"}, Unseen{"permission", "denied", ""});
  EXPECT_EQ(verdict(), "unknown permission");
}
}  // namespace
}  // namespace checklist::checks
