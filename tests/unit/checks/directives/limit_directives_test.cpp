// SPDX-License-Identifier: MIT
#include "checks/directives/limit_directives.hpp"

#include <gtest/gtest.h>

#include "checks/directives/rlimit_types.hpp"

namespace checklist::checks {
namespace {
const Directive& directive(std::string_view name) {
  const auto* found = find_directive(limit_directives(), name);
  EXPECT_NE(found, nullptr) << name;
  return *found;
}

std::optional<Setting> parsed(std::string_view name, const std::string& text) {
  return directive(name).type->parse(directive(name), {text});
}

// As systemd reports a limit: the hard one, then the soft one.
Value both(std::uint64_t hard, std::uint64_t soft) {
  return Value{Values{Value{hard}, Value{soft}}};
}

struct Row {
  const char* name;
  const char* text;
  Value property;  // what systemd 252 reports for a unit with that line
};

// Recorded from a unit that has all of them.
const std::vector<Row> recorded{{"MemoryHigh", "1G", Value{std::uint64_t{1073741824}}},
                                {"MemoryMax", "infinity", Value{UINT64_MAX}},
                                {"CPUQuota", "50%", Value{std::uint64_t{500000}}},
                                {"CPUQuota", "infinity", Value{UINT64_MAX}},
                                {"CPUWeight", "idle", Value{std::uint64_t{0}}},
                                {"CPUWeight", "100", Value{UINT64_MAX}},
                                {"IOWeight", "50", Value{std::uint64_t{50}}},
                                {"TasksMax", "512", Value{std::uint64_t{512}}},
                                {"LimitNOFILE", "1024:65536", both(65536, 1024)},
                                {"LimitNICE", "+5", both(15, 15)},
                                {"LimitNICE", "-10", both(30, 30)},
                                {"LimitCPU", "1h", both(3600, 3600)},
                                {"LimitCPU", "3600", both(3600, 3600)},
                                {"LimitRTTIME", "10ms", both(10000, 10000)},
                                {"LimitMEMLOCK", "64M", both(67108864, 67108864)},
                                {"LimitCORE", "infinity", both(UINT64_MAX, UINT64_MAX)},
                                {"LimitSTACK", "8M:infinity", both(UINT64_MAX, 8388608)},
                                {"OOMScoreAdjust", "100", Value{std::int64_t{100}}},
                                {"OOMScoreAdjust", "-500", Value{std::int64_t{-500}}},
                                {"Nice", "+5", Value{std::int64_t{5}}},
                                {"OOMPolicy", "kill", Value{std::string("kill")}},
                                {"CPUSchedulingPolicy", "batch", Value{std::int64_t{3}}},
                                {"CPUSchedulingPolicy", "idle", Value{std::int64_t{5}}},
                                {"IOSchedulingClass", "idle", Value{std::int64_t{3}}},
                                {"IOSchedulingPriority", "7", Value{std::int64_t{7}}}};

TEST(LimitDirectives, MeanWhatSystemdTakesThemFor) {
  for (const auto& [name, text, property] : recorded) {
    const auto wanted = parsed(name, text);
    const auto has = directive(name).type->read(directive(name), property);
    ASSERT_TRUE(wanted) << name << "=" << text;
    ASSERT_TRUE(has) << name << "=" << text;
    EXPECT_TRUE(directive(name).type->satisfies(directive(name), *has, *wanted)) << name << text;
  }
}

TEST(LimitDirectives, ArePrintedAsTheyAreRead) {
  for (const auto& [name, text, property] : recorded) {
    const auto has = directive(name).type->read(directive(name), property);
    ASSERT_TRUE(has) << name;
    const std::string printed = directive(name).type->print(directive(name), *has);
    EXPECT_EQ(parsed(name, printed), has) << name << ": " << printed;
  }
}

TEST(LimitDirectives, RefuseWhatSystemdWouldRefuse) {
  const std::vector<std::pair<const char*, const char*>> table{{"MemoryMax", "lots"},
                                                               {"MemoryMax", ""},
                                                               {"CPUQuota", "50"},
                                                               {"CPUQuota", "0%"},
                                                               {"CPUWeight", "0"},
                                                               {"CPUWeight", "10001"},
                                                               {"IOWeight", "idle"},
                                                               {"TasksMax", "-1"},
                                                               {"LimitNOFILE", "65536:1024"},
                                                               {"LimitNOFILE", "1:2:3"},
                                                               {"LimitNOFILE", "many"},
                                                               {"LimitNICE", "+20"},
                                                               {"LimitNICE", "41"},
                                                               {"LimitCPU", "soon"},
                                                               {"OOMScoreAdjust", "1001"},
                                                               {"Nice", "-21"},
                                                               {"OOMPolicy", "none"},
                                                               {"CPUSchedulingPolicy", ""},
                                                               {"IOSchedulingClass", "slow"},
                                                               {"IOSchedulingPriority", "8"}};
  for (const auto& [name, text] : table) {
    EXPECT_FALSE(parsed(name, text)) << name << "=" << text;
  }
}

TEST(LimitDirectives, DifferByMoreThanRounding) {
  const auto same = [](const char* name, std::uint64_t has, std::uint64_t wanted) {
    return directive(name).type->satisfies(directive(name), has, wanted);
  };
  EXPECT_TRUE(same("MemoryMax", 1'000'000'512, 1'000'000'000));
  EXPECT_FALSE(same("MemoryMax", 1'000'100'000, 1'000'000'000));
  EXPECT_FALSE(same("MemoryMax", unlimited, 1'000'000'000));
  EXPECT_TRUE(same("TasksMax", 19'274, 19'273));
  EXPECT_FALSE(same("TasksMax", 19'275, 19'273));
  EXPECT_FALSE(same("CPUQuota", 500'001, 500'000));
}

TEST(LimitDirectives, AreInForceWithTheSameHardLimitAndASoftOneThatIsNoLower) {
  const Directive& files = directive("LimitNOFILE");
  const Limit has{.soft = 1024, .hard = 4096};
  EXPECT_TRUE(is_in_force(files, {.soft = 1024, .hard = 4096}, has));
  EXPECT_TRUE(is_in_force(files, {.soft = 4096, .hard = 4096}, has));
  EXPECT_FALSE(is_in_force(files, {.soft = 1023, .hard = 4096}, has));
  EXPECT_FALSE(is_in_force(files, {.soft = 1024, .hard = 8192}, has));
}

TEST(LimitDirectives, AllowAsManyFilesAsTheKernelDoes) {
  const Limit infinite{.soft = unlimited, .hard = unlimited};
  const Limit most{.soft = 1U << 20U, .hard = 1U << 20U};
  EXPECT_TRUE(is_in_force(directive("LimitNOFILE"), most, infinite));
  EXPECT_FALSE(is_in_force(directive("LimitNOFILE"), {.soft = 1024, .hard = 4096}, infinite));
  EXPECT_FALSE(is_in_force(directive("LimitMEMLOCK"), most, infinite));
}

TEST(LimitDirectives, AreEachThereOnce) {
  for (const Directive& each : limit_directives()) {
    EXPECT_EQ(find_directive(limit_directives(), each.name), &each) << each.name;
    EXPECT_EQ(types::is_rlimit(*each.type), each.name.starts_with("Limit")) << each.name;
    EXPECT_FALSE(each.type->schema(each).empty()) << each.name;
    EXPECT_FALSE(each.type->read(each, Value{Dict{}})) << each.name;
  }
}
}  // namespace
}  // namespace checklist::checks
