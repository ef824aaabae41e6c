// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/earlier/earlier_life.hpp"
#include "support/running_service.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_file;
using testing::a_running_service;
using testing::a_service_in;
using testing::texts;
using testing::World;

std::string verdict(World& world) {
  View see = world.view();
  const auto out = missing_directories(see);
  return out.empty() ? "none" : out[0].reason + " " + out[0].subject;
}

TEST(MissingDirectories, AreThoseOfARunningService) {
  const std::vector<std::pair<std::string, std::string>> all{{"RuntimeDirectory", "/run/x"},
                                                             {"StateDirectory", "/var/lib/x"},
                                                             {"CacheDirectory", "/var/cache/x"},
                                                             {"LogsDirectory", "/var/log/x"},
                                                             {"ConfigurationDirectory", "/etc/x"}};
  for (const auto& [directive, path] : all) {
    World world = a_running_service();
    world.property(directive, texts({"x"})).with(FileKey{path}, a_file("missing"));
    EXPECT_EQ(verdict(world), "directory_missing " + path);
    world.with(FileKey{path}, a_file("directory"));
    EXPECT_EQ(verdict(world), "none");
    world.with(FileKey{path}, Unseen{"permission", "access denied", ""});
    EXPECT_EQ(verdict(world), "none");
  }
}

TEST(MissingDirectories, MayStillBeMadeJustAfterTheStart) {
  World world = a_running_service();
  world.property("RuntimeDirectory", texts({"x"}))
      .with(FileKey{"/run/x"}, a_file("missing"))
      .at(testing::entered + 1s);
  EXPECT_EQ(verdict(world), "none");
}

TEST(MissingDirectories, AreNoneOfAServiceThatIsDown) {
  World world = a_service_in(ActiveState::inactive, "dead");
  world.property("RuntimeDirectory", texts({"x"})).with(FileKey{"/run/x"}, a_file("missing"));
  EXPECT_EQ(verdict(world), "none");
}

TEST(MissingDirectories, OfAUsersServiceAreTheUsersOwn) {
  World world = a_running_service();
  world.spec().user = "dev";
  world.property("RuntimeDirectory", texts({"x"}))
      .property("StateDirectory", texts({"x"}))
      .with(AccountsKey{},
            Accounts{.users = {{"dev", User{.uid = 1000, .gid = 1000, .home = "", .shell = ""}}}})
      .with(FileKey{"/run/user/1000/x"}, a_file("missing"))
      .with(FileKey{"/run/x"}, a_file("missing"))
      .with(FileKey{"/var/lib/x"}, a_file("missing"));
  EXPECT_EQ(verdict(world), "directory_missing /run/user/1000/x");
}
}  // namespace
}  // namespace checklist::checks
