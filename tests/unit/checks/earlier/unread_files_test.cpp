// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "checks/earlier/earlier_life.hpp"
#include "support/running_service.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_file;
using testing::a_running_service;
using testing::World;

// A world whose wall clock started at the epoch.
World a_service_with(const std::string& property, Values row, const std::string& path,
                     Duration modified) {
  World world = a_running_service();
  FileStatus file = a_file("regular");
  file.modified = WallTime{modified};
  world.property(property, Value{Values{Value{std::move(row)}}})
      .with(WallClockKey{}, WallTime{})
      .with(FileKey{path}, file);
  return world;
}

World an_environment(const std::string& path, Duration modified) {
  return a_service_with("EnvironmentFiles", {Value{path}, Value{false}}, path, modified);
}

std::string verdict(World world) {
  View see = world.view();
  const auto out = unread_files(see);
  return out.empty() ? "none" : out[0].reason + " " + out[0].subject;
}

TEST(UnreadFiles, ChangedAfterTheStart) {
  EXPECT_EQ(verdict(an_environment("/etc/x.env", testing::entered + 1min)), "not_read /etc/x.env");
  EXPECT_EQ(verdict(an_environment("/etc/x.env", testing::entered - 1min)), "none");
  EXPECT_EQ(verdict(an_environment("/etc/x.env", testing::entered + 500ms)), "none");
}

TEST(UnreadFiles, AreAsOldAsAtTheStartIfTheClockWentBackSince) {
  const auto in_us = [](Duration moment) { return static_cast<std::uint64_t>(moment.count()); };
  const auto with_start = [&in_us](Duration modified) {
    World world = an_environment("/etc/x.env", modified);
    world.number("ExecMainStartTimestamp", in_us(testing::entered + 24h))
        .number("ExecMainStartTimestampMonotonic", in_us(testing::entered));
    return world;
  };
  EXPECT_EQ(verdict(with_start(testing::entered + 23h)), "none") << "an hour before the start";
  EXPECT_EQ(verdict(with_start(testing::entered + 25h)), "not_read /etc/x.env");
}

TEST(UnreadFiles, AreCredentialsToo) {
  const std::string path = "/etc/x.token";
  EXPECT_EQ(verdict(a_service_with("LoadCredential", {Value{std::string("id")}, Value{path}}, path,
                                   testing::entered + 1min)),
            "not_read /etc/x.token");
}

TEST(UnreadFiles, AreNotJudgedByTimeWhereAllAreWrittenAgain) {
  EXPECT_EQ(verdict(an_environment("/run/secrets/x", testing::entered + 1min)), "none");
  World world = an_environment("/etc/x.env", testing::entered - 1min);
  FileStatus link = a_file("symlink");
  link.target = "/run/secrets/x";
  FileStatus file = a_file("regular");
  file.modified = WallTime{testing::entered + 1min};
  world.with(FileKey{"/etc/x.env"}, link).with(FileKey{"/run/secrets/x"}, file);
  EXPECT_EQ(verdict(std::move(world)), "none");
}

TEST(UnreadFiles, AreNoneOfAServiceWithoutMainProcess) {
  World world = an_environment("/etc/x.env", testing::entered + 1min);
  world.number("MainPID", 0);
  EXPECT_EQ(verdict(std::move(world)), "none");
}
}  // namespace
}  // namespace checklist::checks
