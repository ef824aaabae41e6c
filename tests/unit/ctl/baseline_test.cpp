// SPDX-License-Identifier: MIT
#include "ctl/baseline.hpp"

#include <fstream>

#include <gmock/gmock.h>

#include "support/temporary_directory.hpp"

namespace checklist::ctl {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CheckResult result(std::string check, Status status) {
  CheckResult out;
  out.check = std::move(check);
  out.track.status = status;
  return out;
}

Report report_of(std::string unit, std::vector<CheckResult> checks,
                 std::string manager = "system") {
  auto service = std::make_shared<ServiceReport>();
  service->unit = std::move(unit);
  service->manager = std::move(manager);
  service->checks = std::move(checks);
  Report out;
  out.services = {service};
  out.changes = std::make_shared<const std::vector<Change>>();
  return out;
}

class Baseline : public ::testing::Test {
 protected:
  render::ParsedReport read(const std::string& text) const {
    std::ofstream(file) << text;
    return read_baseline(file);
  }

  const testing::TemporaryDirectory directory;
  const std::string file = directory.path() / "baseline.json";
};

TEST(Judge, CountsEverythingWithoutABaseline) {
  const Report now = report_of("a.service", {result("files", Status::unknown)});
  EXPECT_EQ(judge(now, std::nullopt, "system").worst, Status::unknown);
}

TEST(Judge, CountsOnlyWhatPassedBefore) {
  const Report now = report_of("a.service", {result("files", Status::fail)});
  const Report broken = report_of("a.service", {result("files", Status::fail)});
  const Report good = report_of("a.service", {result("files", Status::pass)});
  EXPECT_EQ(judge(now, good, "system").worst, Status::fail);
  const Verdict verdict = judge(now, broken, "system");
  EXPECT_EQ(verdict.worst, Status::pass);
  EXPECT_THAT(verdict.not_counted, ElementsAre("a.service files"));
}

TEST(Judge, FailsWhatPassedAndIsCheckedNoMore) {
  const Report now = report_of("b.service", {result("files", Status::pass)});
  const Report before = report_of("a.service", {result("files", Status::pass)});
  const Verdict verdict = judge(now, before, "system");
  EXPECT_EQ(verdict.worst, Status::fail);
  EXPECT_THAT(verdict.missing, ElementsAre("a.service files"));
}

TEST(Judge, MissesNothingOfAManagerThatItCannotSee) {
  const Report now = report_of("b.service", {result("files", Status::pass)});
  const Report before = report_of("a.service", {result("files", Status::pass)}, "user:dev");
  EXPECT_THAT(judge(now, before, "system").missing, IsEmpty());
}

TEST(Judge, CountsTheUnitsOfEveryManagerWithoutOne) {
  const Report now = report_of("a.service", {result("files", Status::fail)}, "user:dev");
  const Report before = report_of("a.service", {result("files", Status::unknown)}, "user:dev");
  EXPECT_EQ(judge(now, std::nullopt, "system").worst, Status::pass);
  EXPECT_EQ(judge(now, std::nullopt, std::nullopt).worst, Status::fail);
  EXPECT_THAT(judge(now, before, std::nullopt).not_counted, ElementsAre("dev/a.service files"));
}

TEST(Judge, LeavesTheGenerationToTheNextSwitch) {
  Report now = report_of("a.service", {result("files", Status::pass)});
  auto host = std::make_shared<HostReport>();
  host->checks = {result("generation", Status::fail)};
  now.host = host;
  EXPECT_EQ(judge(now, std::nullopt, "system").worst, Status::pass);
}

TEST_F(Baseline, IsAReportInWhichSomethingPasses) {
  const auto text = render::report_json(report_of("a.service", {result("files", Status::pass)}));
  EXPECT_EQ(read(text).mistake, "");
}

TEST_F(Baseline, IsRefusedWithTheReason) {
  EXPECT_THAT(read_baseline(file).mistake, HasSubstr("No such file"));
  EXPECT_THAT(read("").mistake, HasSubstr("empty"));
  EXPECT_THAT(read("{").mistake, HasSubstr("not JSON"));
  EXPECT_NE(read(R"({"generation": 1, "services": "other"})").mistake, "");
  const auto nothing = render::report_json(report_of("a.service", {result("files", Status::fail)}));
  EXPECT_THAT(read(nothing).mistake, HasSubstr("contains no check that passes"));
}
}  // namespace
}  // namespace checklist::ctl
