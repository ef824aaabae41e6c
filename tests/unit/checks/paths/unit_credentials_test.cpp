// SPDX-License-Identifier: MIT
#include "checks/paths/unit_credentials.hpp"

#include <gmock/gmock.h>

#include "support/device_world.hpp"

namespace checklist::checks {
namespace {
using testing::a_gpu_world;
using testing::a_process;
using ::testing::ElementsAre;
using testing::llama;
using testing::render;
using testing::texts;
using testing::video;
using testing::World;

NextCredentials next(World& world) {
  auto view = world.view();
  FactReader look(view);
  NextCredentials out = next_credentials(look, "x.service");
  EXPECT_FALSE(look.gap());
  return out;
}

TEST(UnitCredentials, AUserBringsItsGroupsAndTheUnitAddsMore) {
  World world = a_gpu_world();
  EXPECT_THAT(next(world).credentials->groups, ElementsAre(video));
  world.property("SupplementaryGroups", texts({"render"})).text("Group", "render");
  const auto who = *next(world).credentials;
  EXPECT_EQ(who.uid, llama);
  EXPECT_EQ(who.gid, render);
  EXPECT_THAT(who.groups, ElementsAre(video, render));
  EXPECT_EQ(who.capabilities, 0U);
}

TEST(UnitCredentials, WithoutAUserItIsRootWithTheBoundingSet) {
  World world = a_gpu_world();
  world.text("User", "").number("CapabilityBoundingSet", 0b10);
  EXPECT_EQ(next(world).credentials, (semantics::Credentials{.capabilities = 0b10}));
  world.property("SecureBits", Value{std::int64_t{1}});
  EXPECT_EQ(next(world).credentials->capabilities, 0U);
}

TEST(UnitCredentials, OthersHaveTheAmbientCapabilities) {
  World world = a_gpu_world();
  world.number("AmbientCapabilities", 0b110).number("CapabilityBoundingSet", 0b010);
  EXPECT_EQ(next(world).credentials->capabilities, 0b010U);
}

TEST(UnitCredentials, ADynamicUserIsNobodyKnownUnlessItsNameIs) {
  World world = a_gpu_world();
  world.text("User", "x").text("Group", "x").property("DynamicUser", Value{true});
  EXPECT_EQ(next(world).credentials->uid, dynamic_id);
  EXPECT_EQ(next(world).credentials->gid, dynamic_id);
  world.text("User", "llama").text("Group", "");
  EXPECT_EQ(next(world).credentials->uid, llama);
}

TEST(UnitCredentials, TellsTheNameThatNobodyHas) {
  World world = a_gpu_world();
  world.property("SupplementaryGroups", texts({"nvidia"}));
  EXPECT_FALSE(next(world).credentials);
  EXPECT_EQ(next(world).unknown_account, "group nvidia");
  world.text("User", "nobody-knows");
  EXPECT_EQ(next(world).unknown_account, "group nvidia");
  world.property("SupplementaryGroups", texts({}));
  EXPECT_EQ(next(world).unknown_account, "user nobody-knows");
}

TEST(UnitCredentials, AreThoseOfTheMainProcessWhileOneRuns) {
  World world = a_gpu_world();
  const auto running = [&world] {
    auto view = world.view();
    FactReader look(view);
    return running_credentials(look, "x.service");
  };
  EXPECT_EQ(running(), std::nullopt);
  world.number("MainPID", 7).with(ProcessKey{7}, a_process(llama, {render}, 0b10));
  EXPECT_EQ(running(), (semantics::Credentials{
                           .uid = llama, .gid = llama, .groups = {render}, .capabilities = 0b10}));
  world.with(ProcessKey{7}, Unseen{"gone", "no such process", ""});
  EXPECT_EQ(running(), std::nullopt);
}
}  // namespace
}  // namespace checklist::checks
