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

}  // namespace
}  // namespace checklist::checks
