// SPDX-License-Identifier: MIT
#include "render/report_json.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "render/golden.hpp"
#include "render/reports.hpp"

namespace checklist::render {
namespace {
using namespace checklist::testing;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

// A report with a finding that quotes the log.
Report quoting() {
  Finding finding = failing("messages", "it logs errors");
  finding.details = "a line of the log";
  finding.quotes_log = true;
  return report({service("x.service", {result("journal_errors", {finding})})});
}

TEST(ReportJson, ShowsLogTextToThoseAloneWhoMayReadTheJournal) {
  EXPECT_THAT(report_json(quoting(), Audience::journal_readers), HasSubstr("a line of the log"));
  EXPECT_THAT(report_json(quoting(), Audience::anyone), Not(HasSubstr("a line of the log")));
  EXPECT_THAT(report_json(quoting()), Not(HasSubstr("a line of the log"))) << "unless one asks";
  EXPECT_THAT(parse_report(report_json(quoting())).mistake, IsEmpty());
}

TEST(ReportJson, IsTheGoldenText) {
  expect_golden("report.json", nlohmann::ordered_json::parse(report_json(sample())).dump(2) + "\n");
}

TEST(ReportJson, TellsOneReportAfterTheOtherAsIfEachWereTheFirst) {
  const auto kept = service("kept.service", {result("files", {passing("/x")})});
  const auto changing = service("x.service", {result("files", {passing("/x")})});
  const auto changed = service("x.service", {result("files", {failing("/x", "it is gone")})});
  JsonReport texts(Audience::anyone);
  for (const Report& each : {report({kept, changing}), report({kept, changed}), report({changed}),
                             report({changed, kept}), report({})}) {
    EXPECT_EQ(texts.text(each), report_json(each));
  }
}

TEST(ReportJson, ComesBackAsItWas) {
  const Report before = sample();
  const ParsedReport after = parse_report(report_json(before));
  ASSERT_THAT(after.mistake, IsEmpty());
  EXPECT_EQ(after.generation, before.generation);
  EXPECT_EQ(after.made, before.made);
  ASSERT_EQ(after.services.size(), before.services.size());
  for (std::size_t i = 0; i < before.services.size(); ++i) {
    EXPECT_EQ(*after.services[i], *before.services[i]);
  }
  EXPECT_EQ(*after.host, *before.host);
  EXPECT_EQ(*after.changes, *before.changes);
}

TEST(ReportJson, KeepsMicrosecondsOfTimes) {
  Report before = report({});
  before.made = WallTime{std::chrono::microseconds{1764000000123457}};
  EXPECT_EQ(parse_report(report_json(before)).made, before.made);
}

TEST(ReportJson, CountsTheHostsChecksInItsTotals) {
  const json totals = json::parse(report_json(sample())).at("totals");
  EXPECT_EQ(totals, json({{"pass", 1}, {"fail", 3}, {"unknown", 1}, {"skip", 1}}));
}

TEST(ReportJson, IsValidForAnyBytes) {
  const Report bad = report({service("x.service", {result("a", {failing("\xff\xfe", "\x01\n")})})});
  const ParsedReport parsed = parse_report(report_json(bad));
  ASSERT_THAT(parsed.mistake, IsEmpty());
  EXPECT_EQ(parsed.services[0]->checks[0].findings[0].subject, "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(ReportJson, SteersNoTerminalAndComesBackAllTheSame) {
  const std::string hostile = "\033[2J \x7f \xc2\x9b \xe2\x80\xae ä ✓";
  const std::string text =
      report_json(report({service("x.service", {result("a", {failing("s", hostile)})})}));
  EXPECT_THAT(text, HasSubstr("\\u001b[2J \\u007f \\u009b \\u202e ä ✓"));
  EXPECT_EQ(parse_report(text).services[0]->checks[0].findings[0].observed, hostile);
}

TEST(ParseReport, PassesOverMembersItDoesNotKnow) {
  json text = json::parse(report_json(sample()));
  text["of_a_newer_version"] = {1, 2};
  text["services"][0]["likewise"] = "x";
  EXPECT_THAT(parse_report(text.dump()).mistake, IsEmpty());
}

struct Hostile {
  const char* name;
  const char* pointer;
  json value;
  const char* mistake;
};

class ParseReportRefuses : public ::testing::TestWithParam<Hostile> {};

TEST_P(ParseReportRefuses, AndSaysWhere) {
  json text = json::parse(report_json(sample()));
  text[json::json_pointer(GetParam().pointer)] = GetParam().value;
  const ParsedReport parsed = parse_report(text.dump());
  EXPECT_THAT(parsed.mistake, StartsWith(GetParam().mistake));
  EXPECT_THAT(parsed.services, IsEmpty());
  EXPECT_EQ(parsed.host, nullptr);
}

constexpr const char* check = "services/0/checks/0";
const std::vector<Hostile> hostile{
    {"ANewlineInAUnit", "/services/0/unit", "x\nREADY=1", "services/0/unit"},
    {"AnEscapeInAUnit", "/services/0/unit", "\033[2J", "services/0/unit"},
    {"AnEmptyUnit", "/services/0/unit", "", "services/0/unit"},
    {"ALongUnit", "/services/0/unit", std::string(256, 'x'), "services/0/unit"},
    {"AQuoteInAManager", "/services/0/manager", "user:\"", "services/0/manager"},
    {"ASpaceInACheck", "/services/0/checks/0/check", "a b", check},
    {"AUnitTwice", "/services/1/unit", "llamacpp.service", "services/1: expected each unit"},
    {"ACheckTwice", "/services/0/checks/1/check", "port_bindings", "services/0/checks/1"},
    {"AnUnknownStatus", "/services/0/checks/0/status", "fine", check},
    {"ANumberForAStatus", "/services/0/checks/0/status", 1, check},
    {"ANegativeCount", "/services/0/checks/0/changes/pass", -1, check},
    {"AFractionOfACount", "/services/0/restarts", 1.5, "services/0/restarts"},
    {"ATruthyFlag", "/services/0/enabled", 1, "services/0/enabled"},
    {"ATimeThatOverflows", "/services/0/checks/0/since", 1e300, check},
    {"ATimeBefore1970", "/made", -1, "made"},
    {"ATimeAsText", "/made", "now", "made"},
    {"ALongText", "/services/0/checks/0/findings/0/observed", std::string(20000, 'x'), check},
    {"AnObjectForAList", "/services", json::object(), "services: expected a list"},
    {"TooManyChecks", "/services/0/checks", json::array_t(65), "services/0/checks"},
    {"TooManyServices", "/services", json::array_t(4097), "services"},
    {"ANullService", "/services/0", nullptr, "services/0: expected an object"},
    {"ANullHost", "/host", nullptr, "host: expected an object"},
    {"AScalarChange", "/changes/0", 5, "changes/0"},
};
INSTANTIATE_TEST_SUITE_P(Of, ParseReportRefuses, ::testing::ValuesIn(hostile),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(ParseReport, RefusesWhatLacksAMember) {
  for (const char* pointer :
       {"/generation", "/made", "/services", "/changes", "/services/0/unit", "/services/0/checks",
        "/services/0/checks/0/since", "/services/0/checks/0/changes/fail",
        "/services/0/checks/0/findings/0/hint", "/host/state"}) {
    json text = json::parse(report_json(sample()));
    const json::json_pointer at(pointer);
    text[at.parent_pointer()].erase(at.back());
    EXPECT_THAT(parse_report(text.dump()).mistake, HasSubstr("'" + at.back() + "'")) << pointer;
  }
}

TEST(ParseReport, RefusesWhatIsNoJson) {
  for (const std::string text : {"", "[", "{\"generation\": 1", "nonsense", "{} {}", "\"\xff\""}) {
    EXPECT_THAT(parse_report(text).mistake, StartsWith("not JSON")) << text;
  }
  for (const char* text : {"[]", "null", "5", "\"text\""}) {
    EXPECT_THAT(parse_report(text).mistake, HasSubstr("expected an object")) << text;
  }
}

TEST(ParseReport, RefusesADeepTextBeforeItCostsMemory) {
  EXPECT_THAT(parse_report(std::string(1'000'000, '[')).mistake, HasSubstr("too deeply"));
  EXPECT_THAT(
      parse_report("{\"services\":" + std::string(9, '[') + std::string(9, ']') + "}").mistake,
      HasSubstr("too deeply"));
}

TEST(ParseReport, RefusesMoreValuesThanAReportOfItsLengthHas) {
  std::string text = "{\"services\":[";
  for (int i = 0; i < 1'000'000; ++i) {
    text += "{},";
  }
  EXPECT_THAT(parse_report(text + "{}]}").mistake, HasSubstr("more values"));
}

// A list of objects took a time that grew with the square of its length: this one, minutes.
TEST(ParseReport, ReadsALongListOfObjectsInTime) {
  std::string text = "{\"services\":[";
  for (int i = 0; i < 200'000; ++i) {
    text += "{\"name\":\"" + std::string(16, 'x') + "\"},";
  }
  EXPECT_THAT(parse_report(text + "{}]}").mistake, HasSubstr("a member"));
}

TEST(ParseReport, RefusesEveryBeginningOfAReport) {
  const std::string whole = report_json(sample());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    ASSERT_FALSE(parse_report(whole.substr(0, length)).mistake.empty()) << length;
  }
}

TEST(ParsePublished, TakesUnitsOfOneManagerOnly) {
  auto one = service("x.service", {});
  auto two = service("y.service", {});
  one->manager = two->manager = "user:dev";
  EXPECT_THAT(parse_published(report_json(report({one, two}))).services, SizeIs(2));
  EXPECT_THAT(parse_published(report_json(report({}))).mistake, IsEmpty());
  two->manager = "user:other";
  EXPECT_THAT(parse_published(report_json(report({one, two}))).mistake, HasSubstr("one manager"));
}
}  // namespace
}  // namespace checklist::render
