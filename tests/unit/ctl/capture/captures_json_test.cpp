// SPDX-License-Identifier: MIT
#include "ctl/capture/captures_json.hpp"

#include <gmock/gmock.h>

#include "unit/capture/unit.hpp"

namespace checklist::ctl {
namespace {
using capture::parsed;
using ::testing::ElementsAre;
using ::testing::SizeIs;

CapturedSpec captured(const std::string& unit, const std::string& spec) {
  return {.unit = unit,
          .names = {unit, "alias.service"},
          .kind = "web",
          .spec = parsed(spec),
          .notes = {"a note"}};
}

std::optional<Captures> after_a_pipe(const Captures& captures) {
  return parse_captures(captures_json(captures), "dev");
}

TEST(CapturesJson, KeepsEverythingAndNamesTheUser) {
  Captures captures;
  captures.complete = true;
  captures.specs = {
      captured("x.service", R"({"unit": "x.service", "checks": {"boot_start": false}})")};
  captures.missing = {{.unit = "y.service", .perhaps = {"z.service"}}};
  captures.problems = {"a problem"};
  captures.left_out = {{.unit = "dbus.service", .why = "plumbing"}};
  captures.full = parsed(R"({"x.service": {"active": "active"}})");

  const auto out = after_a_pipe(captures);

  ASSERT_TRUE(out && out->complete);
  ASSERT_THAT(out->specs, SizeIs(1));
  EXPECT_EQ(out->specs[0].spec,
            parsed(R"({"unit": "x.service", "user": "dev", "checks": {"boot_start": false}})"));
  EXPECT_THAT(out->specs[0].names, ElementsAre("x.service", "alias.service"));
  EXPECT_EQ(out->specs[0].kind, "web");
  EXPECT_THAT(out->specs[0].notes, ElementsAre("a note"));
  ASSERT_THAT(out->missing, SizeIs(1));
  EXPECT_THAT(out->missing[0].perhaps, ElementsAre("z.service"));
  EXPECT_THAT(out->problems, ElementsAre("a problem"));
  ASSERT_THAT(out->left_out, SizeIs(1));
  EXPECT_EQ(out->left_out[0].why, "plumbing");
  EXPECT_EQ(out->full, captures.full);
}

TEST(CapturesJson, RefusesWhatIsNoSpecOfTheUnit) {
  Captures captures;
  for (const auto& [unit, spec] : std::vector<std::pair<std::string, std::string>>{
           {"../x.service", R"({"unit": "../x.service"})"},
           {"x.service", R"({"unit": "y.service"})"},
           {"x.service", R"({"unit": "x.service", "nonsense": 1})"}}) {
    captures.specs = {captured(unit, spec)};
    EXPECT_FALSE(after_a_pipe(captures)) << unit << " " << spec;
  }
}

TEST(CapturesJson, AnotherUserCannotBeNamed) {
  Captures captures;
  captures.specs = {captured("x.service", R"({"unit": "x.service", "user": "root"})")};
  EXPECT_EQ(after_a_pipe(captures)->specs[0].spec,
            parsed(R"({"unit": "x.service", "user": "dev"})"));
}

TEST(CapturesJson, AnAnswerThatBreaksOffIsNone) {
  EXPECT_FALSE(parse_captures("", "dev"));
  EXPECT_FALSE(parse_captures(R"({"complete": tr)", "dev"));
  EXPECT_FALSE(parse_captures("[]", "dev"));
}
}  // namespace
}  // namespace checklist::ctl
