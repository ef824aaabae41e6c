// SPDX-License-Identifier: MIT
#include "parse/config_test/config_tests.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
using namespace std::chrono_literals;

ConfigTests some_tests() {
  ConfigTests out{.made = TimePoint{5min}, .units = {}};
  out.units["nginx.service"] = {.command = {"/usr/sbin/nginx", "-t"},
                                .end = ConfigTest::End::exited,
                                .status = 1,
                                .output = {"a \"quoted\" line", "ü"}};
  out.units["x.service"] = {
      .command = {"/x"}, .end = ConfigTest::End::not_run, .problem = "/x does not exist"};
  return out;
}

TEST(ConfigTests, AreReadAsWritten) {
  EXPECT_EQ(config_tests(print_config_tests(some_tests())), some_tests());
}

TEST(ConfigTests, OfBytesThatAreNoTextAreStillReadable) {
  ConfigTests tests = some_tests();
  tests.units["x.service"].output = {"\xff\xfe"};
  EXPECT_TRUE(config_tests(print_config_tests(tests)));
}

TEST(ConfigTests, AreNothingWhereTheTextIsNotExactlySuch) {
  const std::string text = print_config_tests(some_tests());
  const auto replaced = [&text](const std::string& what, const std::string& by) {
    std::string out = text;
    return out.replace(out.find(what), what.size(), by);
  };
  EXPECT_FALSE(config_tests(""));
  EXPECT_FALSE(config_tests("[]"));
  EXPECT_FALSE(config_tests(text.substr(0, text.size() / 2)));
  EXPECT_FALSE(config_tests(replaced("\"version\": 1", "\"version\": 2")));
  EXPECT_FALSE(config_tests(replaced("\"end\": 0", "\"end\": 9")));
  EXPECT_FALSE(config_tests(replaced("\"status\": 1", "\"status\": []")));
}
}  // namespace
}  // namespace checklist::parse
