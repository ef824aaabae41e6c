// SPDX-License-Identifier: MIT
#include "render/exposition.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "render/golden.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Lines = std::vector<std::string>;

// The histogram of these durations, each with its number.
DurationHistogram histogram(const std::vector<std::pair<int, Duration>>& durations,
                            const std::vector<Duration>& bounds) {
  DurationHistogram out(bounds);
  for (const auto& [count, length] : durations) {
    for (int i = 0; i < count; ++i) {
      out.add(length);
    }
  }
  return out;
}

Figures figures() {
  Figures out;
  out.version = "0.1.0";
  out.specs_loaded = 3;
  EngineFigures& engine = out.engine;
  engine.bus_up = true;
  engine.signals = 42;
  engine.evaluations = 9;
  engine.evaluation_duration = histogram({{4, 5us}, {4, 20us}, {1, 150us}}, {10us, 100us});
  engine.observers = {
      {.name = "listeners", .up = true, .last_success = at_second(1700000090), .duration = 3ms},
      {.name = "units", .up = false, .last_success = {}, .duration = {}}};
  engine.usages = {
      {"llamacpp.service",
       {.memory_bytes = 7'000'000'000, .tasks = 12, .cpu = std::chrono::milliseconds{2500}}},
      {"ghost.service", {}}};
  engine.probes = {
      {"llamacpp.service", histogram({{2, 1ms}, {3, 10ms}, {1, 2018ms}}, {1ms, 10ms})}};
  engine.messages = {{"llamacpp.service",
                      {{{Priority::err, MessageClass::priority}, 3},
                       {{Priority::warning, MessageClass::priority}, 0},
                       {{Priority::info, MessageClass::match}, 1}}}};
  out.config_loaded = at_second(1699990000);
  out.longest_turn = 1500us;
  out.cpu_seconds = 1.5;
  out.resident_bytes = 7000000;
  out.virtual_bytes = 90000000;
  out.open_fds = 20;
  out.max_fds = 1024;
  out.start_time_seconds = 1699990000;
  return out;
}

std::string text_of(const Report& report) {
  return Exposition().text(report, figures());
}

Lines lines_of(const std::string& text, const std::string& start) {
  Lines out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(start)) {
      out.push_back(line);
    }
  }
  return out;
}

TEST(Exposition, IsTheGoldenText) {
  expect_golden("exposition.txt", text_of(sample()));
}

TEST(Exposition, TellsEachFamilyOnceWithItsSamplesTogether) {
  std::istringstream lines(text_of(sample()));
  std::set<std::string> ended;
  std::string family;
  for (std::string line; std::getline(lines, line);) {
    const bool is_help = line.starts_with("# HELP ");
    const std::string name =
        line.substr(is_help || line.starts_with("# TYPE ") ? 7 : 0, std::string::npos);
    if (is_help) {
      ended.insert(family);
      family = name.substr(0, name.find(' '));
      EXPECT_FALSE(ended.contains(family)) << family;
    } else {
      EXPECT_THAT(name, StartsWith(family));
    }
  }
  EXPECT_GT(ended.size(), 20U);
}

TEST(Exposition, HasEveryStatusOfACheck) {
  const std::string text = text_of(sample());
  const std::string check =
      R"(checklist_check_status{unit="llamacpp.service",manager="system",check="port_bindings",group="ml",status=)";
  EXPECT_THAT(lines_of(text, check), SizeIs(4));
  EXPECT_THAT(lines_of(text, check + R"("fail"})"), Contains(HasSubstr("} 1")));
  EXPECT_THAT(lines_of(text, check + R"("pass"})"), Contains(HasSubstr("} 0")));
}

TEST(Exposition, SaysWhichChecksOfTheHostAreAcknowledged) {
  Report known = sample();
  auto host = std::make_shared<HostReport>(*known.host);
  host->checks.front().acknowledged = {.until = at_second(1700600000), .reason = "r", .by = "dev"};
  known.host = host;
  const std::string series = "checklist_host_check_acknowledged{";
  EXPECT_THAT(lines_of(text_of(known), series),
              ElementsAre("checklist_host_check_acknowledged{check=\"coverage\"} 1"));
  EXPECT_THAT(lines_of(text_of(sample()), series), IsEmpty());
}

TEST(Exposition, HasAllOfSystemdsStatesAndNoOther) {
  auto unit = service("x.service", {});
  unit->summary.active = ActiveState::other;
  const Lines states = lines_of(text_of(report({unit})), "checklist_unit_active_state{");
  EXPECT_THAT(states, SizeIs(8));
  EXPECT_THAT(states, Each(HasSubstr("} 0")));
  EXPECT_THAT(states, Not(Contains(HasSubstr("other"))));
}

TEST(Exposition, SaysManagerWhereverItSaysUnit) {
  for (const std::string& line : lines_of(text_of(sample()), "checklist_")) {
    EXPECT_EQ(line.find("unit=") != std::string::npos, line.find("manager=") != std::string::npos)
        << line;
  }
}

TEST(Exposition, LabelsFiguresOfUnitsWithTheirManager) {
  Figures figures;
  figures.engine.manager = "user:dev";
  figures.engine.probes["x.service"].add(3ms);
  EXPECT_THAT(Exposition().text({}, figures),
              HasSubstr("probe_duration_seconds_count{unit=\"x.service\",manager=\"user:dev\"} 1"));
}

TEST(Exposition, LeavesUnsetValuesOut) {
  const std::string text = text_of(sample());
  for (const char* family :
       {"checklist_unit_restarts_total", "checklist_unit_start_time_seconds"}) {
    EXPECT_THAT(lines_of(text, std::string(family) + "{unit=\"llamacpp"), SizeIs(1));
    EXPECT_THAT(lines_of(text, std::string(family) + "{unit=\"ghost"), IsEmpty());
  }
  EXPECT_THAT(text, Not(HasSubstr("unit=\"\"")));
  Figures none;
  const std::string bare = Exposition().text(report({}), none);
  EXPECT_THAT(bare, Not(HasSubstr("process_")));
  EXPECT_THAT(bare, Not(HasSubstr("checklist_check_status")));
  EXPECT_THAT(bare, Not(HasSubstr("observer")));
  EXPECT_THAT(bare, Not(HasSubstr("evaluation_duration")));
  EXPECT_THAT(bare, Not(HasSubstr("probe_duration")));
}

TEST(Exposition, ShowsOnlyFindingsThatDoNotPass) {
  const Lines infos = lines_of(text_of(sample()), "checklist_finding_info{");
  EXPECT_THAT(infos, SizeIs(3));
  EXPECT_THAT(infos, Not(Contains(HasSubstr("l.sock"))));
}

TEST(Exposition, ShowsThirtyTwoFindingsAUnitFailuresFirst) {
  Findings findings(40, unseen("x"));
  for (std::size_t i = 0; i < findings.size(); ++i) {
    findings[i].subject += std::to_string(i);
  }
  findings.push_back(failing("last", "broken"));
  const std::string text = text_of(report({service("x.service", {result("a", findings)})}));
  const Lines infos = lines_of(text, "checklist_finding_info{");
  EXPECT_THAT(infos, SizeIs(32));
  EXPECT_THAT(infos, Contains(HasSubstr("subject=\"last\"")));
  EXPECT_THAT(lines_of(text, "checklist_findings_omitted{"), Contains(HasSubstr("} 9")));
}

TEST(Exposition, ShowsAsMuchOfFindingsAsItsLimitsSay) {
  Findings findings;
  for (int i = 0; i < 5; ++i) {
    findings.push_back(failing("/file" + std::to_string(i), std::string(300, 'x')));
  }
  const Report some = report({service("x.service", {result("files", findings)})});
  Exposition exposition;
  (void)exposition.text(some, figures());
  exposition.limit({.findings = 3, .text_bytes = 200});
  const std::string text = exposition.text(some, figures());
  EXPECT_THAT(lines_of(text, "checklist_finding_info{"), SizeIs(3));
  EXPECT_THAT(lines_of(text, "checklist_findings_omitted{"), Contains(HasSubstr("} 2")));
  EXPECT_THAT(text, HasSubstr("\"" + std::string(200, 'x') + "\""));
}

TEST(Exposition, NeverHasASeriesTwice) {
  const std::string start(120, 'x');  // beyond which labels are cut
  const std::string text = text_of(report({service(
      "x.service", {result("a", {failing(start + "1", "o"), failing(start + "2", "o")})})}));
  EXPECT_THAT(lines_of(text, "checklist_finding_info{"), SizeIs(1));
}

TEST(Exposition, EscapesLabelsAndMakesThemValid) {
  const std::string text = text_of(
      report({service("x.service", {result("a", {failing("q\"b\\n\nend", "bad \xff byte")})})}));
  const Lines infos = lines_of(text, "checklist_finding_info{");
  ASSERT_THAT(infos, SizeIs(1));
  EXPECT_THAT(infos[0], HasSubstr(R"(subject="q\"b\\n\nend")"));
  EXPECT_THAT(infos[0], HasSubstr("bad \xef\xbf\xbd byte"));
}

// Otherwise an annotation would change, and a series end, while the cause is the same.
TEST(Exposition, KeepsFindingsStableWhileCountsTimesAndPidsChange) {
  const Report before = sample();
  Report after = sample();
  for (auto& each : after.services) {
    auto changed = std::make_shared<ServiceReport>(*each);
    changed->summary.restarts = 99;
    changed->summary.started = at_second(1800000000);
    for (CheckResult& check : changed->checks) {
      check.track.since = at_second(1800000000);
      check.track.changes.fill(99);
      for (Finding& finding : check.findings) {
        finding.details = "pid 4712, 17 times in 3min";
        finding.hint = "FactReader at process 4712.";
      }
    }
    each = changed;
  }
  ASSERT_NE(text_of(before), text_of(after));
  for (const char* family : {"checklist_finding_info{", "checklist_host_finding_info{"}) {
    EXPECT_THAT(lines_of(text_of(before), family), Not(IsEmpty()));
    EXPECT_EQ(lines_of(text_of(before), family), lines_of(text_of(after), family));
  }
}

TEST(Exposition, RendersAServiceOncePerPointer) {
  Exposition exposition;
  const auto unit = service("x.service", {});
  const auto other = service("y.service", {});
  const std::string first = exposition.text(report({unit, other}), figures());
  unit->group = "changed behind our back";
  EXPECT_EQ(exposition.text(report({unit, other}), figures()), first);
  EXPECT_THAT(exposition.text(report({other, unit}), figures()), Not(HasSubstr("behind our back")));
  const auto next = std::make_shared<const ServiceReport>(*unit);
  EXPECT_THAT(exposition.text(report({next, other}), figures()), HasSubstr("behind our back"));
}

TEST(Exposition, ForgetsUnitsThatLeft) {
  Exposition exposition;
  const auto unit = service("x.service", {});
  (void)exposition.text(report({unit, service("y.service", {})}), figures());
  const std::string text = exposition.text(report({service("z.service", {})}), figures());
  EXPECT_THAT(text, Not(HasSubstr("x.service")));
  EXPECT_THAT(text, Not(HasSubstr("y.service")));
  EXPECT_EQ(unit.use_count(), 1);
}

TEST(Exposition, CountsEveryEvaluationInTheLastBucket) {
  const Lines buckets =
      lines_of(text_of(report({})), "checklist_evaluation_duration_seconds_bucket");
  ASSERT_THAT(buckets, SizeIs(3));
  EXPECT_THAT(buckets.back(), HasSubstr("le=\"+Inf\"} 9"));
}
}  // namespace
}  // namespace checklist::render
