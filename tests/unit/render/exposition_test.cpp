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

Figures figures() {
  Figures out;
  out.version = "0.1.0";
  out.specs_loaded = 3;
  EngineFigures& engine = out.engine;
  engine.bus_up = true;
  engine.signals = 42;
  engine.evaluations = 9;
  engine.evaluation_duration = DurationTotal{.count = 9, .sum = 250us};
  engine.observers = {
      {.name = "listeners", .up = true, .last_success = at_second(1700000090), .duration = 3ms},
      {.name = "units", .up = false, .last_success = {}, .duration = {}}};
  engine.usages = {
      {"llamacpp.service",
       {.memory_bytes = 7'000'000'000, .tasks = 12, .cpu = std::chrono::milliseconds{2500}}},
      {"ghost.service", {}}};
  engine.probes = {{"llamacpp.service", {.count = 6, .sum = 2050ms}}};
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

std::string text_of(const Report& report, const Selection& selection = {}) {
  Exposition exposition;
  exposition.select(selection);
  return exposition.text(report, figures());
}

constexpr OptionalMetrics all_metrics{.status_sets = true, .unit_states = true, .details = true};

std::string whole_text_of(const Report& report) {
  return text_of(report, {.metrics = all_metrics});
}

// A report in which every family has a sample, if limits leave one finding out.
Report complete() {
  Report out = sample();
  auto host = std::make_shared<HostReport>(*out.host);
  host->failed_units = 1;
  host->nixos_generation = 42;
  host->nixos_reboot_needed = false;
  host->checks.front().acknowledged = {.until = at_second(1700600000), .reason = "r", .by = "dev"};
  out.host = host;
  auto jupyter = std::make_shared<ServiceReport>(*out.services.back());
  jupyter->checks.front().findings.push_back(unseen("listeners"));
  out.services.back() = jupyter;
  auto ghost = std::make_shared<ServiceReport>(*out.services.at(1));
  ghost->checks.front().findings.front().cause = "llamacpp.service";
  out.services.at(1) = ghost;
  return out;
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
  const Limits limits{.findings = 1};
  expect_golden("exposition.txt", text_of(complete(), {.limits = limits}));
  expect_golden("exposition_whole.txt",
                text_of(complete(), {.limits = limits, .metrics = all_metrics}));
}

// docs/metrics.md is written from that text.
TEST(Exposition, HasASampleOfEveryFamilyInTheGoldenText) {
  const std::string text = text_of(complete(), {.limits = {.findings = 1}, .metrics = all_metrics});
  const auto expect_all = [&text](const std::vector<prometheus::MetricFamily>& families) {
    for (const auto& family : families) {
      EXPECT_THAT(text, HasSubstr("# HELP " + family.name + " ")) << family.name;
    }
  };
  expect_all(families_of(ServiceReport{}));
  expect_all(families_of(HostReport{}));
  expect_all(families_of(Figures{}));
}

TEST(Exposition, TellsEachFamilyOnceWithItsSamplesTogether) {
  std::istringstream lines(whole_text_of(sample()));
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

TEST(Exposition, SaysAResultAsANumber) {
  const std::string text =
      text_of(report({service("x.service", {result("a", {failing("s", "o")}),
                                            result("b", {unseen("s")}), result("c", {})})}));
  const Lines results = lines_of(text, "checklist_check_result{");
  ASSERT_THAT(results, SizeIs(3));
  EXPECT_THAT(results[0], HasSubstr("check=\"a\",group=\"ml\"} 3"));
  EXPECT_THAT(results[1], HasSubstr("} 2"));
  EXPECT_THAT(results[2], HasSubstr("} 0"));
}

TEST(Exposition, SaysSinceWhenAndHowSevereOnlyOfWhatDoesNotPass) {
  CheckResult down = result("service_state", {failing("s", "o")});
  down.track.since = at_second(1700000000);
  down.severity = Severity::critical;
  down.kind = CheckClass::symptom;
  const std::string text =
      text_of(report({service("x.service", {down, result("b", {passing("s")})})}));
  EXPECT_THAT(lines_of(text, "checklist_check_problem_timestamp_seconds{"),
              ElementsAre("checklist_check_problem_timestamp_seconds{unit=\"x.service\",manager="
                          "\"system\",check=\"service_state\",severity=\"critical\",class="
                          "\"symptom\"} 1700000000"));
}

TEST(Exposition, HasEveryStatusOfACheckIfAskedFor) {
  const std::string text = whole_text_of(sample());
  const std::string check =
      R"(checklist_check_status{unit="llamacpp.service",manager="system",check="port_bindings",group="ml",status=)";
  EXPECT_THAT(lines_of(text, check), SizeIs(4));
  EXPECT_THAT(lines_of(text, check + R"("fail"})"), Contains(HasSubstr("} 1")));
  EXPECT_THAT(lines_of(text, check + R"("pass"})"), Contains(HasSubstr("} 0")));
  EXPECT_THAT(lines_of(text_of(sample()), check), IsEmpty());
}

TEST(Exposition, SaysWhichChecksOfTheHostAreAcknowledged) {
  Report known = sample();
  auto host = std::make_shared<HostReport>(*known.host);
  host->checks.front().acknowledged = {.until = at_second(1700600000), .reason = "r", .by = "dev"};
  known.host = host;
  const std::string series = "checklist_host_check_acknowledged{";
  EXPECT_THAT(lines_of(text_of(known), series),
              ElementsAre("checklist_host_check_acknowledged{check=\"coverage\",by=\"dev\",until="
                          "\"2023-11-21T20:53:20Z\",reason=\"r\"} 1"));
  EXPECT_THAT(lines_of(text_of(sample()), series), IsEmpty());
}

TEST(Exposition, HasAllOfSystemdsStatesAndNoOther) {
  auto unit = service("x.service", {});
  unit->summary.active = ActiveState::other;
  const Lines states = lines_of(whole_text_of(report({unit})), "checklist_unit_active_state{");
  EXPECT_THAT(states, SizeIs(8));
  EXPECT_THAT(states, Each(HasSubstr("} 0")));
  EXPECT_THAT(states, Not(Contains(HasSubstr("other"))));
}

TEST(Exposition, SaysManagerWhereverItSaysUnit) {
  for (const std::string& line : lines_of(whole_text_of(sample()), "checklist_")) {
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
  const std::string text = whole_text_of(sample());
  for (const char* family :
       {"checklist_unit_restarts_total", "checklist_unit_start_time_seconds"}) {
    EXPECT_THAT(lines_of(text, std::string(family) + "{unit=\"llamacpp"), SizeIs(1));
    EXPECT_THAT(lines_of(text, std::string(family) + "{unit=\"ghost"), IsEmpty());
  }
  EXPECT_THAT(text, Not(HasSubstr("unit=\"\"")));
  Figures none;
  const std::string bare = Exposition().text(report({}), none);
  EXPECT_THAT(bare, Not(HasSubstr("process_")));
  EXPECT_THAT(bare, Not(HasSubstr("checklist_check_result")));
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
  exposition.select({.limits = {.findings = 3, .text_bytes = 200}});
  const std::string text = exposition.text(some, figures());
  EXPECT_THAT(lines_of(text, "checklist_finding_info{"), SizeIs(3));
  EXPECT_THAT(lines_of(text, "checklist_findings_omitted{"), Contains(HasSubstr("} 2")));
  EXPECT_THAT(text, HasSubstr("\"" + std::string(197, 'x') + "…\""));
}

TEST(Exposition, NeverHasASeriesTwice) {
  const std::string start(240, 'x');  // beyond which labels are cut
  const std::string text = text_of(report({service(
      "x.service", {result("a", {failing(start + "1", "o"), failing(start + "2", "o")})})}));
  EXPECT_THAT(lines_of(text, "checklist_finding_info{"), SizeIs(1));
}

TEST(Exposition, EscapesLabelsAndMakesThemValid) {
  const std::string text = text_of(report(
      {service("x.service", {result("a", {failing("q\"b\\n\nend\033[2J", "bad \xff byte")})})}));
  const Lines infos = lines_of(text, "checklist_finding_info{");
  ASSERT_THAT(infos, SizeIs(1));
  EXPECT_THAT(infos[0], HasSubstr("subject=\"q\\\"b\\\\n end\xef\xbf\xbd[2J\""));
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
}  // namespace
}  // namespace checklist::render
