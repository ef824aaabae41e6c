// SPDX-License-Identifier: MIT
#include "config/spec_file.hpp"

#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class SpecFile : public Files {
 protected:
  // The one spec, with these members and the unit "x.service".
  Service spec(const std::string& members) {
    write("etc/x.json", "{\"unit\": \"x.service\"" + (members.empty() ? "" : ", " + members) + "}");
    EXPECT_THAT(problems(), IsEmpty());
    return configuration().services.at(0);
  }

  std::vector<std::string> problems_of(const std::string& members) {
    write("etc/x.json", "{\"unit\": \"x.service\", " + members + "}");
    return problems();
  }

  static std::vector<std::string> checks(const Service& service) {
    std::vector<std::string> names;
    for (const NamedCheck& check : service.checks) {
      names.emplace_back(check.name);
    }
    return names;
  }
};

TEST_F(SpecFile, RunsTheChecksThatAlwaysRunInTheOrderOfTheirNames) {
  const auto names = checks(spec(""));
  std::vector<std::string> always;
  for (const auto& [name, def] : all_checks()) {
    if (runs_by_default(def->runs, "x.service")) {
      always.emplace_back(name);
    }
  }
  EXPECT_EQ(names, always);
  EXPECT_TRUE(std::ranges::is_sorted(names));
}

TEST_F(SpecFile, AScheduleIsATimersAlone) {
  EXPECT_THAT(checks(spec("")), Not(Contains("schedule")));
  ConfigErrors errors;
  const Dict timer{{"unit", Value{std::string("x.timer")}}};
  const Dict asked{{"schedule", Value{true}}};
  EXPECT_THAT(checks(read_spec(timer, {}, errors)), Contains("schedule"));
  EXPECT_THAT(errors, ::testing::IsEmpty());
  (void)read_spec({{"unit", Value{std::string("x.service")}}, {"checks", Value{asked}}}, {},
                  errors);
  EXPECT_THAT(errors,
              ElementsAre(ConfigError{"/checks/schedule", "a timer as the unit", "'x.service'"}));
}

TEST_F(SpecFile, FalseSwitchesACheckOffAndTrueOrAnObjectOn) {
  const Service off = spec(R"("checks": {"service_state": false})");
  EXPECT_THAT(checks(off), Not(Contains("service_state")));
  EXPECT_THAT(off.spec.switched_off, ElementsAre("service_state"));
  EXPECT_THAT(checks(spec(R"("checks": {"port_bindings": true})")), Contains("port_bindings"));
  EXPECT_THAT(checks(spec(R"("checks": {"port_bindings": {}})")), Contains("port_bindings"));
  EXPECT_THAT(checks(spec("")), Not(Contains("port_bindings")));
}

TEST_F(SpecFile, DefaultsGiveParametersAndTheSpecsOwnWin) {
  write("checklistd.json",
        R"({"defaults": {"service_state": {"max_restarts": 5, "start_timeout": "1h"},
                         "port_bindings": {"extra": "deny"}}})");
  const Service plain = spec("");
  EXPECT_EQ(plain.spec.checks.at("service_state").at("max_restarts"), Value{std::uint64_t{5}});
  EXPECT_THAT(checks(plain), Not(Contains("port_bindings")));  // parameters switch nothing on
  const Service own = spec(
      R"("checks": {"service_state": {"max_restarts": 1},
                    "port_bindings": {"listen": ["tcp:127.0.0.1:80"]}})");
  EXPECT_EQ(own.spec.checks.at("service_state").at("max_restarts"), Value{std::uint64_t{1}});
  EXPECT_EQ(own.spec.checks.at("service_state").at("start_timeout"), Value{std::string("1h")});
  EXPECT_EQ(own.spec.checks.at("port_bindings").at("extra"), Value{std::string("deny")});
}

TEST_F(SpecFile, ADefaultSwitchesACheckOffForThoseThatDoNotNameIt) {
  write("checklistd.json", R"({"defaults": {"service_state": false}})");
  const Service silent = spec("");
  EXPECT_THAT(checks(silent), Not(Contains("service_state")));
  EXPECT_THAT(silent.spec.switched_off, ElementsAre("service_state"));
  EXPECT_THAT(checks(spec(R"("checks": {"service_state": true})")), Contains("service_state"));
}

TEST_F(SpecFile, AnErrorInADefaultIsReportedOnceAtItsPlace) {
  write("checklistd.json", R"({"defaults": {"service_state": {"max_restarts": "many"}}})");
  write("etc/y.json", R"({"unit": "y.service"})");
  EXPECT_THAT(problems_of(R"("checks": {"service_state": {"start_timeout": 1}})"),
              ElementsAre(HasSubstr("checklistd.json:1:33: /defaults/service_state/max_restarts: "),
                          HasSubstr("etc/x.json:1:52: /checks/service_state/start_timeout: ")));
}

TEST_F(SpecFile, MergesObjectsInDepthAndReplacesLists) {
  const Dict deep{{"o", Value{Dict{{"a", Value{true}}, {"b", Value{true}}}}},
                  {"l", Value{Values{Value{true}}}}};
  const Dict over{{"o", Value{Dict{{"b", Value{false}}}}}, {"l", Value{Values{}}}};
  EXPECT_EQ(merged(deep, over), (Dict{{"o", Value{Dict{{"a", Value{true}}, {"b", Value{false}}}}},
                                      {"l", Value{Values{}}}}));
}

TEST_F(SpecFile, OfADisabledUnitSkipsItsChecks) {
  const Service service = spec(R"("enabled": false)");
  EXPECT_FALSE(service.spec.enabled);
  Facts facts;
  View view(facts, 0, service.spec, TimePoint{});
  for (const NamedCheck& check : service.checks) {
    if (check.name != "toggles") {
      EXPECT_EQ(worst(check.run(view)), Status::skip) << check.name;
    }
  }
}

TEST_F(SpecFile, RefusesWhatTheRangeOrTheTypeForbids) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"("settle": "infinity")", "/settle: expected a time span from 0 to 1d, "},
      {R"("settle": "25h")", "/settle: expected a time span from 0 to 1d, "},
      {R"("settle": -1)", "/settle: expected a time span from 0 to 1d, "},
      {R"("severity": "critcal")", "/severity: expected perhaps 'critical', found 'critcal'"},
      {R"("group": "")", "/group: expected a string of 1 to 64 characters on one line, found ''"},
      {R"("group": "a\nb")",
       "/group: expected a string of 1 to 64 characters on one line, found "
       "'a\\x0ab'"},
      {R"("user": "")", "/user: expected a user's name"},
      {R"("user": "a/b")", "/user: expected a user's name"},
      {R"("checks": [])", "/checks: expected an object of parameters by check, found a list"},
      {R"("checks": {"service_state": 1})",
       "/checks/service_state: expected an object of parameters, true or false, found 1"},
      {R"("checks": {"service_state": {"max_restarts": -1}})",
       "/checks/service_state/max_restarts: expected a whole number from 0 to 63, found -1"},
      {R"("checks": {"service_state": {"max_restart": 1}})",
       "/checks/service_state/max_restart: expected perhaps 'max_restarts', found the unknown key "
       "'max_restart'"}};
  for (const auto& [members, expected] : cases) {
    EXPECT_THAT(problems_of(members), ElementsAre(HasSubstr(expected))) << members;
  }
}

TEST_F(SpecFile, RefusesNamesThatNoUnitHas) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"x", "perhaps 'x.service'"},
      {"", "a unit name"},
      {"x.servic", "a unit name with its type"},
      {"a b.service", "letters, digits"},
      {"a/b.service", "letters, digits"},
      {"ü.service", "letters, digits"},
      {".service", "something before its type"},
      {"@x.service", "something before its type"},
      {"x@.service", "the name of an instance"},
      {std::string(248, 'x') + ".service", "at most 255 characters"}};
  for (const auto& [name, expected] : cases) {
    write("etc/x.json", "{\"unit\": \"" + name + "\"}");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr(expected))) << name;
  }
  write("etc/x.json", R"({"group": "x"})");
  EXPECT_THAT(problems(),
              ElementsAre("etc/x.json:1:1: /unit: expected the name of a unit, found nothing"));
}

TEST_F(SpecFile, TakesEveryKindOfUnitAndAnInstance) {
  for (const char* name : {"x.service", "x.timer", "x.socket", "a-b_c:d.mount", "x@y.service",
                           "x@a\\\\x2db.service", "dev-disk.swap"}) {
    write("etc/x.json", "{\"unit\": \"" + std::string(name) + "\"}");
    EXPECT_THAT(problems(), IsEmpty()) << name;
  }
}

TEST_F(SpecFile, MayNameItsSchema) {
  EXPECT_THAT(checks(spec(R"("$schema": "../schema/service.schema.json")")), Not(IsEmpty()));
}

TEST_F(SpecFile, ReportsAtMostThirtyTwoErrors) {
  std::string members;
  for (int i = 0; i < 50; ++i) {
    members += (i == 0 ? "\"k" : ", \"k") + std::to_string(i) + "\": 1";
  }
  const auto told = problems_of(members);
  ASSERT_THAT(told, SizeIs(33));
  EXPECT_THAT(told.back(), HasSubstr("too many errors, the rest is not shown"));
}
}  // namespace
}  // namespace checklist::config
