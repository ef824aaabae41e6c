// SPDX-License-Identifier: MIT
#include "checks/definition/drop_in_set.hpp"

#include <gmock/gmock.h>

#include "support/unit_world.hpp"

namespace checklist::checks {
namespace {
using ::testing::ElementsAre;
using testing::texts;
using Type = ParameterType<DropInSet>;

const std::string folder = "/etc/systemd/system/x.service.d/";

DropInSet only(const std::vector<std::string>& patterns) {
  DropInSet out;
  for (const std::string& each : patterns) {
    out.all.push_back({each});
  }
  return out;
}

DefinitionFile a_file(const std::string& path, const std::string& target = {}) {
  return {.path = path, .target = target.empty() ? path : target};
}

// "fail drop_in_missing: drop-in a.conf" for each finding.
std::vector<std::string> judged(const DropInSet& want, std::vector<DefinitionFile> loaded,
                                bool has_fragment = true) {
  Definition definition;
  definition.loaded = std::move(loaded);
  std::vector<std::string> out;
  for (const Finding& each : drop_in_findings(want, definition, has_fragment)) {
    out.push_back(std::string(text(each.status)) + " " + each.reason + ": " + each.subject);
  }
  return out;
}

const DefinitionFile fragment = a_file("/etc/systemd/system/x.service");

TEST(DropInSet, PassesOnceWhereEachPatternAndEachDropInHasItsMatch) {
  const auto passes = ElementsAre("pass : drop-ins");
  EXPECT_THAT(judged(only({}), {fragment}), passes);
  EXPECT_THAT(judged(only({"*.conf"}), {fragment, a_file(folder + "a.conf")}), passes);
  EXPECT_THAT(judged(only({"a.conf", folder + "b.*"}),
                     {fragment, a_file(folder + "a.conf"), a_file(folder + "b.conf")}),
              passes);
}

TEST(DropInSet, FailsForEachDropInThatIsNotNamed) {
  const auto loaded = {fragment, a_file(folder + "a.conf"), a_file(folder + "b.conf")};
  EXPECT_THAT(judged(only({}), loaded),
              ElementsAre("fail drop_in_extra: drop-in " + folder + "a.conf",
                          "fail drop_in_extra: drop-in " + folder + "b.conf"));
  EXPECT_THAT(judged(only({"a.conf"}), loaded),
              ElementsAre("fail drop_in_extra: drop-in " + folder + "b.conf"));
}

TEST(DropInSet, FailsForEachPatternWithoutADropIn) {
  EXPECT_THAT(judged(only({"a.conf", "b.conf"}), {fragment, a_file(folder + "a.conf")}),
              ElementsAre("fail drop_in_missing: drop-in b.conf"));
  EXPECT_THAT(judged(only({"a.conf"}), {fragment, a_file(folder + "b.conf")}),
              ElementsAre("fail drop_in_missing: drop-in a.conf",
                          "fail drop_in_extra: drop-in " + folder + "b.conf"));
}

TEST(DropInSet, ComparesTheFileThatALinkLeadsToAsWell) {
  const auto linked = a_file(folder + "a.conf", "/nix/store/abc-unit/real.conf");
  EXPECT_THAT(judged(only({"/nix/store/*/real.conf"}), {fragment, linked}),
              ElementsAre("pass : drop-ins"));
}

TEST(DropInSet, TakesTheFirstFileForADropInOnlyWithoutAFragment) {
  EXPECT_THAT(judged(only({"x.service"}), {fragment}),
              ElementsAre("fail drop_in_missing: drop-in x.service"));
  EXPECT_THAT(judged(only({"a.conf"}), {a_file(folder + "a.conf")}, false),
              ElementsAre("pass : drop-ins"));
  EXPECT_THAT(judged(only({}), {}, false), ElementsAre("pass : drop-ins"));
}

TEST(DropInSet, IsReadAndPrintedAsNoneOrAList) {
  ConfigErrors errors;
  for (const Value& value :
       {Value{std::string("none")}, texts({"a.conf"}), texts({"/etc/*/a.conf", "b.conf"})}) {
    const auto parsed = Type::parse(value, "/drop_ins", errors);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(Type::print(*parsed), value);
  }
  EXPECT_EQ(Type::parse(texts({"a.conf", "b.conf"}), "/drop_ins", errors),
            only({"a.conf", "b.conf"}));
  EXPECT_TRUE(errors.empty());
}

TEST(DropInSet, ReportsWhatIsNeitherAtItsPlace) {
  for (const Value& value : {Value{std::string("all")}, Value{true}, Value{Dict{}}, Value{}}) {
    ConfigErrors errors;
    EXPECT_FALSE(Type::parse(value, "/drop_ins", errors));
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].pointer, "/drop_ins");
  }
  ConfigErrors errors;
  (void)Type::parse(texts({"a.conf", "b/c.conf"}), "/drop_ins", errors);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].pointer, "/drop_ins/1");
}
}  // namespace
}  // namespace checklist::checks
