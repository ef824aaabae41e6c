// SPDX-License-Identifier: MIT
#include "semantics/text/pattern.hpp"

#include <gmock/gmock.h>

namespace checklist::semantics {
namespace {
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Pattern, IsFoundAnywhereInTheText) {
  const Matcher ok({R"("status":\s*"ok")"});
  EXPECT_TRUE(ok.is_found_in(R"({"status": "ok"})"));
  EXPECT_FALSE(ok.is_found_in(R"({"status": "loading"})"));
  EXPECT_TRUE(Matcher({""}).is_found_in(""));
  EXPECT_FALSE(Matcher({"^b"}).is_found_in("a\nb")) << "the beginning is that of the text";
  EXPECT_TRUE(Matcher({"(?m)^b"}).is_found_in("a\nb"));
}

TEST(Pattern, TakesBytesThatAreNoText) {
  const std::string bytes("\xff\xfe\0ok", 5);
  EXPECT_TRUE(Matcher({"ok$"}).is_found_in(bytes));
  EXPECT_TRUE(Matcher({std::string("\\x00")}).is_found_in(bytes));
}

TEST(Pattern, TellsItsFlaw) {
  EXPECT_THAT(flaw_in({"a+"}), IsEmpty());
  EXPECT_THAT(flaw_in({"(a"}), HasSubstr("missing )"));
  EXPECT_THAT(flaw_in({"(?=a)"}), HasSubstr("(?="));
  EXPECT_THAT(flaw_in({"((x{100}){100}){100}"}), ::testing::Not(IsEmpty()));
  EXPECT_FALSE(Matcher({"(a"}).is_found_in("(a"));
}

TEST(Pattern, IsLinearInAHostileText) {
  const std::string hostile(1'000'000, 'a');
  EXPECT_FALSE(Matcher({"(a+)+$b"}).is_found_in(hostile));  // a backtracking one never ends
}

TEST(Pattern, IsReadFromASpec) {
  ConfigErrors errors;
  EXPECT_EQ(read_value<Pattern>(Value{std::string("^ok")}, "/body", errors), Pattern{"^ok"});
  EXPECT_THAT(errors, IsEmpty());
  EXPECT_FALSE(read_value<Pattern>(Value{std::string("(")}, "/body", errors));
  EXPECT_FALSE(read_value<Pattern>(Value{std::int64_t{1}}, "/body", errors));
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].expected, "a regular expression in RE2's syntax (missing ): ()");
  EXPECT_EQ(errors[0].found, "'('");
  EXPECT_EQ(errors[1], (ConfigError{"/body", "a regular expression", "1"}));
}
}  // namespace
}  // namespace checklist::semantics
