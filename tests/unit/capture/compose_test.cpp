// SPDX-License-Identifier: MIT
#include "capture/compose.hpp"

#include <gmock/gmock.h>

#include "unit/capture/unit.hpp"

namespace checklist::capture {
namespace {
config::Kind kind(const std::string& spec) {
  return {
      .name = "k", .summary = {}, .units = {}, .programs = {}, .spec = parsed(spec), .probes = {}};
}

TEST(Compose, MentionsNothingThatIsADefault) {
  EXPECT_EQ(compose(captured("x.service"), nullptr, {}), parsed(R"({"unit": "x.service"})"));
}

TEST(Compose, JoinsWhatWasSeenWithWhatIsKnown) {
  CapturedUnit unit = captured("x.service");
  unit.checks["port_bindings"].arguments = parsed(R"({"listen": ["tcp:127.0.0.1:80"]})");
  unit.checks["files"].arguments = parsed(R"({"/etc/x": {"mode": "0600"}})");
  const auto known = kind(R"({"group": "web", "checks": {"journal_errors": {"match": ["^E"]},
                              "files": {"/etc/x": {"mode": "0644"}, "/var/x": {"max_age": "1d"}}}})");
  EXPECT_EQ(compose(unit, &known, parsed(R"({"url": "http://127.0.0.1/"})")),
            parsed(R"({"unit": "x.service", "group": "web", "checks": {
              "files": {"/etc/x": {"mode": "0600"}, "/var/x": {"max_age": "1d"}},
              "health_probe": {"url": "http://127.0.0.1/"},
              "journal_errors": {"match": ["^E"]},
              "port_bindings": {"listen": ["tcp:127.0.0.1:80"]}}})"));
}

TEST(Compose, LeavesOutAPartThatTheHostDoesNotComplete) {
  const auto known = kind(R"({"checks": {"gpu_device_access": {"in_use": true}}})");
  CapturedUnit unit = captured("x.service");
  EXPECT_EQ(compose(unit, &known, {}), parsed(R"({"unit": "x.service"})"));
  unit.checks["gpu_device_access"].arguments = parsed(R"({"vendor": "nvidia"})");
  EXPECT_EQ(compose(unit, &known, {}), parsed(R"({"unit": "x.service",
                       "checks": {"gpu_device_access": {"vendor": "nvidia", "in_use": true}}})"));
}

TEST(Compose, SwitchesBootStartOffOnlyIfNothingStartsTheUnit) {
  CapturedUnit unit = captured("x.service");
  unit.checks["boot_start"] = {.arguments = {}, .status = Status::fail, .reasons = {"not_started"}};
  EXPECT_EQ(compose(unit, nullptr, {}),
            parsed(R"({"unit": "x.service", "checks": {"boot_start": false}})"));
  unit.checks["boot_start"].reasons.insert("mounted_later");
  EXPECT_EQ(compose(unit, nullptr, {}), parsed(R"({"unit": "x.service"})"));
}

TEST(Compose, AUnitThatIsOffMustNotRun) {
  CapturedUnit unit = captured("x.service");
  unit.is_off = true;
  const auto known = kind(R"({"group": "web", "settle": "1m", "checks": {"journal_errors": {}}})");
  EXPECT_EQ(compose(unit, &known, {}),
            parsed(R"({"unit": "x.service", "group": "web", "enabled": false})"));
}

TEST(WithoutKnowledge, KeepsWhatWasSeen) {
  CapturedUnit unit = captured("x.service");
  unit.checks["files"].arguments = parsed(R"({"/etc/x": {}})");
  const Dict spec =
      parsed(R"({"unit": "x.service", "checks": {"files": {"/etc/x": {}, "/var/x": {}},
                               "journal_errors": {"match": ["x"]}}})");
  EXPECT_EQ(without_knowledge(spec, unit, "files"),
            parsed(R"({"unit": "x.service", "checks": {"files": {"/etc/x": {}},
                       "journal_errors": {"match": ["x"]}}})"));
  EXPECT_EQ(without_knowledge(spec, unit, "journal_errors"),
            parsed(R"({"unit": "x.service", "checks": {"files": {"/etc/x": {}, "/var/x": {}}}})"));
}

TEST(FileName, IsTheUnitsWithoutTheUsualSuffix) {
  EXPECT_EQ(file_name("nginx.service"), "nginx.json");
  EXPECT_EQ(file_name("clamav-scan.timer"), "clamav-scan-timer.json");
  EXPECT_EQ(file_name("postgresql@15-main.service"), "postgresql@15-main.json");
}
}  // namespace
}  // namespace checklist::capture
