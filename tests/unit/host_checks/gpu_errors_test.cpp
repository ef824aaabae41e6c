// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/host_world.hpp"
#include "support/unit_world.hpp"

namespace checklist::host_checks {
extern const HostCheckDef gpu_errors;

namespace {
using namespace std::chrono_literals;
using checklist::testing::HostWorld;
using checklist::testing::texts;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

GpuError an_error(const std::string& kind, Duration at, const std::string& card = "0000:01:00.0") {
  return {.at = TimePoint{at}, .card = card, .kind = kind, .text = "NVRM: …"};
}

// A host with a driver, an hour after its boot.
HostWorld world_with(Observed<GpuErrorsKey::Fact> errors, const std::string& driver = "nvidia") {
  HostWorld world;
  world.with(GpuErrorsKey{}, std::move(errors))
      .with(WallClockKey{}, WallTime{1'700'000'000s})
      .with(DeviceClassesKey{}, std::vector<DeviceClass>{{.name = driver, .major = 195}});
  return world.at(1h);
}

HostWorld world_with(std::vector<GpuError> errors, const std::string& driver = "nvidia") {
  return world_with(Observed(GpuErrorsKey::Fact(std::move(errors))), driver);
}

TEST(GpuErrors, PassWithoutAny) {
  EXPECT_THAT(world_with(std::vector<GpuError>{}).verdicts(gpu_errors), ElementsAre("pass"));
}

TEST(GpuErrors, NameTheCardTheFaultAndTheTime) {
  HostWorld world = world_with(std::vector{an_error("xid 79", 10min)});
  const Finding finding = world.evaluate(gpu_errors).at(0);
  EXPECT_EQ(finding.reason, "bus_lost");
  EXPECT_EQ(finding.subject, "0000:01:00.0 xid 79");
  EXPECT_EQ(finding.observed,
            "0000:01:00.0: it has fallen off the bus (xid 79), the hardware's fault");
  EXPECT_THAT(finding.details, HasSubstr("2023-11-14 22:23:20 UTC: NVRM"));
  EXPECT_TRUE(finding.quotes_log);
  EXPECT_THAT(finding.hint, HasSubstr("reboot"));
}

TEST(GpuErrors, OfProgramsPassAndOthersLast) {
  HostWorld world =
      world_with(std::vector{an_error("xid 48", 1min), an_error("xid 31", 30min, "")});
  EXPECT_THAT(world.verdicts(gpu_errors),
              ElementsAre("fail memory 0000:01:00.0 xid 48", "fail application GPU xid 31"));
  EXPECT_EQ(world.wake_at(), TimePoint{90min});
  world.at(2h);
  EXPECT_THAT(world.verdicts(gpu_errors), ElementsAre("fail memory 0000:01:00.0 xid 48"));
}

TEST(GpuErrors, LeaveOutWhatIsNoneAndWhatIsIgnored) {
  HostWorld world = world_with(std::vector{an_error("xid 45", 30min)});
  EXPECT_THAT(world.verdicts(gpu_errors), ElementsAre("pass"));
  world = world_with(std::vector{an_error("hang", 30min)});
  EXPECT_THAT(world.verdicts(gpu_errors), ElementsAre("fail hang 0000:01:00.0 hang"));
  EXPECT_THAT(world.verdicts(gpu_errors, {{"ignore", texts({"hang"})}}), ElementsAre("pass"));
}

TEST(GpuErrors, AreUnknownWithoutTheJournalAndTheHostsMatterInAContainer) {
  const Observed<GpuErrorsKey::Fact> unread(Unseen{"permission", "cannot read it", ""});
  EXPECT_THAT(world_with(unread).verdicts(gpu_errors), ElementsAre("unknown permission GPUs"));
  EXPECT_THAT(world_with(Observed(GpuErrorsKey::Fact())).verdicts(gpu_errors),
              ElementsAre("skip no_kernel_log GPUs"));
}

TEST(GpuErrors, DoNotConcernAHostWithoutAGpuOrAUser) {
  const Observed<GpuErrorsKey::Fact> unread(Unseen{"permission", "cannot read it", ""});
  HostWorld world = world_with(unread, "mem");
  EXPECT_THAT(world.evaluate(gpu_errors), IsEmpty());
  world = world_with(std::vector{an_error("xid 79", 1min)}, "mem");
  EXPECT_THAT(world.verdicts(gpu_errors), ElementsAre("fail bus_lost 0000:01:00.0 xid 79"));
  EXPECT_THAT(world.of_user("dev").evaluate(gpu_errors), IsEmpty());
}
}  // namespace
}  // namespace checklist::host_checks
