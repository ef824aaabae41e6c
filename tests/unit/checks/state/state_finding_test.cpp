// SPDX-License-Identifier: MIT
#include "checks/state/state_finding.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using testing::a_refusal;
using testing::a_run;
using testing::a_service_in;
using testing::a_unit;
using ::testing::HasSubstr;
using testing::texts;
using testing::World;
using enum ActiveState;

const Unseen denied{"permission", "access denied", ""};

Finding of_load(World& world, LoadState load) {
  View see = world.view();
  return not_loaded(see, a_unit("x.service", inactive, "dead", load));
}

Finding refusal(World& world, const std::string& result, std::string unmet = {}) {
  PastRuns past;
  past.refusal = a_refusal(59min, result, "what PID 1 wrote");
  past.unmet = std::move(unmet);
  View see = world.view();
  return refused(see, past, "active");
}

std::string end(World& world, std::optional<Run> run) {
  PastRuns past;
  past.run = std::move(run);
  View see = world.view();
  return last_end(see, past);
}

Run exited_with(const std::string& code) {
  Run out = a_run(10min, "exit-code");
  out.exit_code = "exited";
  out.exit_status = code;
  return out;
}

TEST(StateFinding, HintsAtTheJournalBeforeTheVerb) {
  World world = a_service_in(failed, "failed");
  View see = world.view();
  EXPECT_EQ(inspect_then(see, "restart"),
            "read `journalctl -u x.service`, fix the cause, then run `systemctl restart "
            "x.service`");
  world.spec().user = "dev";
  View of_user = world.view();
  EXPECT_THAT(inspect_then(of_user, "start"), HasSubstr("`systemctl --user start x.service`"));
}

TEST(StateFinding, DescribesTheRunThatLedToTheResult) {
  World world = a_service_in(failed, "failed").text("Result", "exit-code");
  EXPECT_EQ(end(world, exited_with("1")), "exit-code, exited with 1");
  world.text("Result", "start-limit-hit");
  EXPECT_EQ(end(world, exited_with("1")), "start-limit-hit");
  EXPECT_EQ(end(world, std::nullopt), "start-limit-hit");
}

TEST(StateFinding, DescribesTheEndWithoutAResultByTheRunIfThereIsOne) {
  World world = a_service_in(failed, "failed");
  EXPECT_EQ(end(world, std::nullopt), "failed");
  world.with(PropertyKey{"x.service", "Result"}, denied);
  EXPECT_EQ(end(world, exited_with("203")), "exit-code, exited with 203 (EXEC)");
  EXPECT_EQ(end(world, std::nullopt), "failed");
}

TEST(StateFinding, FailsAUnitThatIsNotLoaded) {
  World world = a_service_in(inactive, "dead");
  EXPECT_EQ(of_load(world, LoadState::masked).reason, "masked");
  EXPECT_EQ(of_load(world, LoadState::masked).hint, "run `systemctl unmask x.service`");
  EXPECT_EQ(of_load(world, LoadState::not_found).reason, "not_found");
  world.spec().user = "dev";
  EXPECT_THAT(of_load(world, LoadState::not_found).hint,
              HasSubstr("`checklistctl forget --user dev/x.service`"));
  EXPECT_EQ(of_load(world, LoadState::not_found).status, Status::fail);
}

TEST(StateFinding, QuotesTheLoadErrorIfThereIsOne) {
  World world = a_service_in(inactive, "dead");
  EXPECT_EQ(of_load(world, LoadState::bad_setting).observed, "bad-setting");
  world.property("LoadError", texts({"org.x.Error", "Unit has a bad setting."}));
  EXPECT_EQ(of_load(world, LoadState::error).observed, "error: Unit has a bad setting.");
  EXPECT_EQ(of_load(world, LoadState::error).reason, "load_error");
  world.with(PropertyKey{"x.service", "LoadError"}, denied);
  EXPECT_EQ(of_load(world, LoadState::error).observed, "error");
}

TEST(StateFinding, DoesNotFailOnALoadStateThatSaysNothing) {
  World world = a_service_in(inactive, "dead");
  EXPECT_EQ(of_load(world, LoadState::stub).status, Status::unknown);
  EXPECT_EQ(of_load(world, LoadState::other).reason, "load_state");
}

TEST(StateFinding, SaysWhyTheStartWasRefused) {
  World world = a_service_in(inactive, "dead");
  const Finding unmet = refusal(world, "condition", "ConditionPathExists=/run/x");
  EXPECT_EQ(unmet.reason, "condition");
  EXPECT_EQ(unmet.observed, "start skipped: ConditionPathExists=/run/x is not met");
  EXPECT_EQ(unmet.details, "what PID 1 wrote");
  EXPECT_EQ(refusal(world, "condition").observed, "start skipped: a condition is not met");
  EXPECT_EQ(refusal(world, "assert").reason, "assert");
  EXPECT_EQ(refusal(world, "timeout").reason, "refused");
  EXPECT_EQ(refusal(world, "timeout").observed, "start refused: timeout");
}

TEST(StateFinding, NamesTheRequirementThatIsBroken) {
  World world = a_service_in(inactive, "dead");
  world.property("Requires", texts({"good.service", "unseen.service"}))
      .property("BindsTo", texts({"bad.service"}))
      .with(UnitKey{"good.service"}, a_unit("good.service", active, "running"))
      .with(UnitKey{"unseen.service"}, denied)
      .with(UnitKey{"bad.service"}, a_unit("bad.service", inactive, "dead", LoadState::masked));
  EXPECT_EQ(refusal(world, "dependency").observed, "start refused: dependency bad.service failed");
  EXPECT_THAT(refusal(world, "dependency").hint, HasSubstr("`systemctl status bad.service`"));
  world.property("BindsTo", texts({}));
  EXPECT_EQ(refusal(world, "dependency").observed, "start refused: a dependency failed");
  EXPECT_THAT(refusal(world, "dependency").hint,
              HasSubstr("`systemctl list-dependencies x.service`"));
}
}  // namespace
}  // namespace checklist::checks
