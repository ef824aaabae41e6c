// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "support/unit_world.hpp"
#include "support/verdict.hpp"

namespace checklist::checks {
extern const CheckDef exercise;

namespace {
using namespace std::chrono_literals;
using testing::a_service_in;
using testing::World;

const std::string x = "x.service";
const DefinitionFile file{.path = "/etc/systemd/system/x.service",
                          .target = "/etc/systemd/system/x.service",
                          .modified = WallTime{1h}};
const std::string line = "/etc/systemd/system/x.service /etc/systemd/system/x.service 3600000000";
const WallTime epoch{1000h};  // the boot

Exercise an_exercise(Outcome of_start = Outcome::passed) {
  return {.at = epoch + 30min,
          .steps = {{.name = "stop", .outcome = Outcome::passed, .text = "is inactive"},
                    {.name = "mask", .outcome = Outcome::skipped, .text = "it is in /etc"},
                    {.name = "start", .outcome = of_start, .text = "exited with 1"}},
          .definition = {line}};
}

World a_service_with(const std::optional<Exercise>& record) {
  World world = a_service_in(ActiveState::active, "running");
  world.with(ExerciseKey{x}, record)
      .with(DefinitionKey{x}, Definition{.loaded = {file}, .on_disk = {file}})
      .with(WallClockKey{}, epoch);
  return world;
}

std::string verdict(World& world, const Dict& arguments = {}) {
  return testing::verdict(exercise, world, arguments);
}

const Dict daily{{"max_age", Value{std::string("1d")}}};

TEST(Exercise, PassesIfEveryStepDidWithThisDefinition) {
  World world = a_service_with(an_exercise());
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_EQ(verdict(world, daily), "pass");
}

TEST(Exercise, FailsIfItNeverWas) {
  World world = a_service_with(std::nullopt);
  EXPECT_EQ(verdict(world), "fail never");
}

TEST(Exercise, NamesTheStepThatFailed) {
  World world = a_service_with(an_exercise(Outcome::failed));
  EXPECT_EQ(verdict(world), "fail failed");
  const Findings found = world.evaluate(exercise, {});
  const auto at = std::ranges::find(found, Status::fail, &Finding::status);
  ASSERT_NE(at, found.end());
  EXPECT_EQ(at->subject, "start");
  EXPECT_EQ(at->details, "exited with 1");
}

TEST(Exercise, IsOutdatedOnceAUnitFileChanged) {
  DefinitionFile drop_in = file;
  drop_in.path = "/etc/systemd/system/x.service.d/more.conf";
  World world = a_service_with(an_exercise());
  world.with(DefinitionKey{x}, Definition{.loaded = {file}, .on_disk = {file, drop_in}});
  EXPECT_EQ(verdict(world), "fail outdated");
}

TEST(Exercise, IsOverdueOnceItIsTooLongAgo) {
  World world = a_service_with(an_exercise());
  world.at(30min + 24h);
  EXPECT_EQ(verdict(world), "pass");
  EXPECT_EQ(verdict(world, daily), "fail overdue");
}

TEST(Exercise, IsUnknownIfTheRecordCannotBeRead) {
  World world = a_service_with(an_exercise());
  world.with(ExerciseKey{x}, Unseen{"invalid", "not JSON", "remove it"});
  EXPECT_EQ(verdict(world), "unknown invalid");
}

// An exercise is recorded under the canonical name, whatever the spec calls the unit.
TEST(Exercise, IsThatOfTheCanonicalUnit) {
  World world = a_service_with(std::nullopt);
  Unit alias = testing::a_unit(x, ActiveState::active, "running");
  alias.id = "other.service";
  world.with(UnitKey{x}, alias)
      .with(ExerciseKey{"other.service"}, std::optional(an_exercise()))
      .with(DefinitionKey{"other.service"}, Definition{.loaded = {file}, .on_disk = {file}});
  EXPECT_EQ(verdict(world), "pass");
}
}  // namespace
}  // namespace checklist::checks
