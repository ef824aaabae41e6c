// SPDX-License-Identifier: MIT
#include "files_helper/cgroups.hpp"

#include <filesystem>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::files {
namespace {
using ::testing::ElementsAre;
using ::testing::Key;

TEST(CgroupsOf, FindsUnitsInSlicesAndNowhereElse) {
  const testing::TemporaryDirectory root;
  for (const char* path :
       {"system.slice/x.service/app", "system.slice/y.service", "user.slice/x.service",
        "a.slice/a-b.slice/x.service", "system.slice/y.service/x.service", "_x.service"}) {
    std::filesystem::create_directories(root.path() / path);
  }
  const auto found = cgroups_of(root.path(), {"x.service", "a-b.slice", "none.service"});
  EXPECT_THAT(found, ElementsAre(Key("/_x.service"), Key("/a.slice/a-b.slice"),
                                 Key("/a.slice/a-b.slice/x.service"),
                                 Key("/system.slice/x.service"), Key("/user.slice/x.service")));
  EXPECT_NE(found.at("/_x.service"), found.at("/system.slice/x.service"));
}

TEST(CgroupsOf, FindsNothingWithoutCgroups) {
  EXPECT_TRUE(cgroups_of("/none", {"x.service"}).empty());
}
}  // namespace
}  // namespace checklist::files
