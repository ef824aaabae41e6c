// SPDX-License-Identifier: MIT
#include "checks/definition/start_files.hpp"

#include <gtest/gtest.h>

#include "support/graph.hpp"
#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_file;
using testing::a_service_in;
using testing::texts;
using testing::World;

std::string verdict(World& world) {
  View see = world.view();
  const Findings found = missing_start_files(see);
  return found.empty() ? "none"
                       : std::string(text(found.front().status)) + " " + found.front().reason;
}

TEST(StartFiles, AreThere) {
  const std::string file = "/etc/x.env";
  const Value pair = texts({"password", file});
  const std::vector<std::pair<std::string, Value>> needs{
      {"EnvironmentFiles", Value{Values{Value{Values{Value{file}, Value{false}}}}}},
      {"LoadCredential", Value{Values{pair}}}};
  for (const auto& [property, value] : needs) {
    World world = a_service_in(ActiveState::active, "running");
    world.property(property, value).with(FileKey{file}, a_file("regular"));
    EXPECT_EQ(verdict(world), "none") << property;
    world.with(FileKey{file}, a_file("missing"));
    EXPECT_EQ(verdict(world), "fail start_file_missing") << property;
    world.with(FileKey{file}, Unseen{"permission", "may not", ""});
    EXPECT_EQ(verdict(world), "unknown permission") << property;
  }
}

TEST(StartFiles, MayBeMissingWhereSomethingStandsInForThem) {
  const std::string file = "/etc/x.env";
  const auto a_row = [](Value first, Value second) {
    return Value{Values{Value{Values{std::move(first), std::move(second)}}}};
  };
  World world = a_service_in(ActiveState::active, "running");
  world.property("EnvironmentFiles", a_row(Value{file}, Value{true}))
      .property("LoadCredential", a_row(Value{std::string("id")}, Value{file}))
      .property("SetCredential", a_row(Value{std::string("id")}, Value{Values{}}))
      .property("LoadCredentialEncrypted",
                a_row(Value{std::string("other")}, Value{std::string("of-a-store")}))
      .with(FileKey{file}, a_file("missing"));
  EXPECT_EQ(verdict(world), "none");
}

TEST(StartFiles, OfVariablesAreNoDirectories) {
  const std::string file = "/etc/x.env";
  World world = a_service_in(ActiveState::active, "running");
  world.with(FileKey{file}, a_file("directory"))
      .property("LoadCredential", Value{Values{texts({"all", file})}});
  EXPECT_EQ(verdict(world), "none");
  world.property("EnvironmentFiles", Value{Values{Value{Values{Value{file}, Value{false}}}}});
  EXPECT_EQ(verdict(world), "fail start_file_missing");
}

TEST(StartFiles, OfAGlobAreAnyOfThem) {
  const std::string glob = "/etc/x.d/*";
  World world = a_service_in(ActiveState::active, "running");
  world.property("EnvironmentFiles", Value{Values{Value{Values{Value{glob}, Value{false}}}}})
      .with(GlobKey{glob}, std::vector<std::string>{"/etc/x.d/a"});
  EXPECT_EQ(verdict(world), "none");
  world.with(GlobKey{glob}, std::vector<std::string>{});
  EXPECT_EQ(verdict(world), "fail start_file_missing");
}

TEST(StartFiles, AreNotTooLargeTogether) {
  World world = a_service_in(ActiveState::active, "running");
  FileStatus file = a_file("regular");
  file.size = 600'000;
  world.property("LoadCredential", Value{Values{texts({"a", "/etc/a"}), texts({"b", "/etc/b"})}})
      .with(FileKey{"/etc/a"}, file)
      .with(FileKey{"/etc/b"}, file);
  EXPECT_EQ(verdict(world), "fail too_large");
  file.size = 1000;
  world.with(FileKey{"/etc/b"}, file);
  EXPECT_EQ(verdict(world), "none");
}

TEST(StartFiles, MayBeDecryptedOrNot) {
  World world = a_service_in(ActiveState::active, "running");
  world.property("LoadCredentialEncrypted", Value{Values{texts({"a", "/etc/a"})}})
      .with(FileKey{"/etc/a"}, a_file("regular"));
  EXPECT_EQ(verdict(world), "unknown encrypted");
  world.number("ExecMainStartTimestampMonotonic", 1'000'000).with(WallClockKey{}, WallTime{});
  EXPECT_EQ(verdict(world), "none") << "the last start proves it";
}

TEST(StartFiles, MayBePipesThatTheStartWaitsFor) {
  World world = a_service_in(ActiveState::active, "running");
  world
      .property("EnvironmentFiles",
                Value{Values{Value{Values{Value{std::string("/etc/a")}, Value{false}}}}})
      .with(FileKey{"/etc/a"}, a_file("fifo"));
  EXPECT_EQ(verdict(world), "unknown other_side");
}

TEST(StartFiles, OfPamAreProvenByAStartAlone) {
  World world = a_service_in(ActiveState::active, "running");
  world.text("PAMName", "login").with(FileKey{"/etc/pam.d/login"}, a_file("regular"));
  EXPECT_EQ(verdict(world), "unknown pam");
  world.number("ExecMainStartTimestampMonotonic", 1'000'000).with(WallClockKey{}, WallTime{});
  EXPECT_EQ(verdict(world), "none");
}
}  // namespace
}  // namespace checklist::checks
