// SPDX-License-Identifier: MIT
#include "config/paths.hpp"

#include <map>

#include <gmock/gmock.h>

namespace checklist::config {
namespace {
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Paths of_user(const std::map<std::string, const char*>& variables) {
  return user_paths(1000, "/home/dev", [&variables](const char* name) {
    const auto at = variables.find(name);
    return at != variables.end() ? at->second : nullptr;
  });
}

TEST(Paths, OfTheSystemAreFixed) {
  EXPECT_EQ(system_paths().state_file(), "/var/lib/checklistd/state.json");
  EXPECT_EQ(system_paths().records, "/var/lib/checklistctl");
  EXPECT_EQ(system_paths().socket(), "/run/checklistd/checklistd.sock");
}

TEST(Paths, OfAUserFollowTheBaseDirectories) {
  const Paths paths = of_user({{"XDG_STATE_HOME", "/state"}, {"XDG_RUNTIME_DIR", "/run/mine"}});
  EXPECT_EQ(paths.state_file(), "/state/checklistd/state.json");
  EXPECT_EQ(paths.records, "/state/checklistctl");
  EXPECT_EQ(paths.socket(), "/run/mine/checklistd/checklistd.sock");
}

TEST(Paths, OfAUserHaveDefaultsWithoutVariables) {
  const std::map<std::string, const char*> empty{{"XDG_STATE_HOME", ""}, {"XDG_RUNTIME_DIR", ""}};
  for (const Paths& paths : {of_user({}), of_user(empty)}) {
    EXPECT_EQ(paths.state, "/home/dev/.local/state/checklistd");
    EXPECT_EQ(paths.records, "/home/dev/.local/state/checklistctl");
    EXPECT_EQ(paths.runtime, "/run/user/1000/checklistd");
  }
}

TEST(Locations, OfAUserAreInTheHomeAndBesideTheSystems) {
  const Locations user = user_locations("dev", "/home/dev");
  EXPECT_EQ(user.daemon_file, "/home/dev/.config/checklistd/checklistd.json");
  EXPECT_THAT(user.directories, ElementsAre("/home/dev/.config/checklistd/services.d"));
  EXPECT_THAT(user.user_directories, Contains("/etc/checklistd/user-services.d"));
  EXPECT_EQ(user.user, "dev");
  EXPECT_EQ(system_locations().user, "");
}

TEST(Locations, OfACommandLineReplaceTheDefaults) {
  Locations locations = system_locations();
  locations.use_daemon_file("");
  locations.use_directories({});
  EXPECT_FALSE(locations.daemon_file_required);
  EXPECT_FALSE(locations.directories_required);
  locations.use_daemon_file("/x.json");
  locations.use_directories({"/a", "/b"});
  EXPECT_EQ(locations.daemon_file, "/x.json");
  EXPECT_TRUE(locations.daemon_file_required);
  EXPECT_THAT(locations.directories, ElementsAre("/a", "/b"));
  EXPECT_THAT(locations.user_directories, IsEmpty());
  EXPECT_TRUE(locations.directories_required);
}
}  // namespace
}  // namespace checklist::config
