// SPDX-License-Identifier: MIT
#include "config/fixture.hpp"

namespace checklist::config {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DaemonFile : public Files {};

TEST_F(DaemonFile, FillsEveryKey) {
  write("checklistd.json",
        R"({"expected": ["x.service", "y.timer"], "watch_users": ["dev"], "resync": "2m",
            "socket_interval": "500ms", "events": {"max_rate": 50},
            "limits": {"findings": 8, "text_bytes": 80, "report_bytes": 1048576},
            "defaults": {}, "host": {}})");
  EXPECT_THAT(problems(), IsEmpty());
  const Configuration read = configuration();
  EXPECT_THAT(read.expected, ElementsAre("x.service", "y.timer"));
  EXPECT_THAT(read.watch_users, ElementsAre("dev"));
  EXPECT_EQ(read.resync, std::chrono::minutes{2});
  EXPECT_EQ(read.socket_interval, std::chrono::milliseconds{500});
  EXPECT_EQ(read.max_rate, 50U);
  EXPECT_EQ(read.limits.findings, 8U);
  EXPECT_EQ(read.limits.text_bytes, 80U);
  EXPECT_EQ(read.limits.report_bytes, 1048576U);
}

TEST_F(DaemonFile, AnEmptyObjectMeansTheDefaults) {
  const Configuration without = configuration();
  write("checklistd.json", "{}");
  EXPECT_THAT(problems(), IsEmpty());
  const Configuration with = configuration();
  const Configuration defaults;
  for (const Configuration& read : {without, with}) {
    EXPECT_EQ(read.resync, defaults.resync);
    EXPECT_EQ(read.socket_interval, defaults.socket_interval);
    EXPECT_EQ(read.max_rate, defaults.max_rate);
    EXPECT_EQ(read.limits.findings, defaults.limits.findings);
    EXPECT_EQ(read.limits.text_bytes, defaults.limits.text_bytes);
    EXPECT_EQ(read.limits.report_bytes, defaults.limits.report_bytes);
  }
}

TEST_F(DaemonFile, RefusesWhatTheRangeOrTheTypeForbids) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"resync": "1ms"})", "/resync: expected a time span from 1s to 1h, "},
      {R"({"socket_interval": "2h"})", "/socket_interval: expected a time span from 100ms to 1h, "},
      {R"({"limits": 5})", "/limits: expected an object, found 5"},
      {R"({"limits": {"findings": 0}})",
       "/limits/findings: expected a whole number from 1 to 1000, found 0"},
      {R"({"limits": {"finding": 1}})", "/limits/finding: expected perhaps 'findings'"},
      {R"({"events": {"max_rate": 1e30}})",
       "/events/max_rate: expected a whole number from 1 to 1000, found "},
      {R"({"expected": "x.service"})", "/expected: expected a list, found 'x.service'"},
      {R"({"expected": ["x.service", "y"]})", "/expected/1: expected a unit name with its type, "},
      {R"({"watch_users": [""]})", "/watch_users/0: expected a user's name"},
      {R"({"defaults": {"service_stat": {}}})",
       "/defaults/service_stat: expected perhaps 'service_state'"},
      {R"({"defaults": {"service_state": {"max_restart": 1}}})",
       "/defaults/service_state/max_restart: expected perhaps 'max_restarts'"},
      {R"({"host": {"nonsense": {}}})", "/host/nonsense: expected "},
      {"[]", "expected an object in braces, found a list"},
      {"7", "expected an object in braces, found 7"}};
  for (const auto& [text, expected] : cases) {
    write("checklistd.json", text);
    EXPECT_THAT(problems(), ElementsAre(HasSubstr(expected))) << text;
  }
}
}  // namespace
}  // namespace checklist::config
