// SPDX-License-Identifier: MIT
#include "capture/difference.hpp"

#include <gmock/gmock.h>

#include "capture/difference_text.hpp"
#include "unit/capture/unit.hpp"

namespace checklist::capture {
namespace {
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<UnitDifference> compared(const std::string& before, const std::string& after) {
  return difference(parsed(before), parsed(after));
}

TEST(Difference, IsEmptyForTheSameUnits) {
  EXPECT_THAT(compared(R"({"a.service": {"User": "a"}})", R"({"a.service": {"User": "a"}})"),
              IsEmpty());
}

TEST(Difference, TellsWhatVanishedAppearedMovedAndChanged) {
  const auto all = compared(
      R"({"a.service": {}, "b.service": {"FragmentPath": "/etc/b"}, "c.service": {"hardening": {"NoNewPrivileges": "yes"}}})",
      R"({"b.service": {"FragmentPath": "/usr/b"}, "c.service": {"hardening": {"NoNewPrivileges": "no"}}, "d.service": {}})");
  ASSERT_THAT(all, ElementsAre(Field(&UnitDifference::kind, UnitChange::vanished),
                               Field(&UnitDifference::kind, UnitChange::appeared),
                               Field(&UnitDifference::kind, UnitChange::moved),
                               Field(&UnitDifference::kind, UnitChange::changed)));
  EXPECT_EQ(all[1].unit, "d.service");
  EXPECT_THAT(all[3].fields, ElementsAre(ChangedField{"hardening NoNewPrivileges", "yes", "no"}));
}

TEST(Difference, FollowsAUnitToItsNewName) {
  const auto all = compared(R"({"old.service": {"User": "a"}})",
                            R"({"new.service": {"User": "a", "aliases": ["old.service"]}})");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].unit, "new.service");
  EXPECT_EQ(all[0].former, "old.service");
}

TEST(Difference, ListsAreSets) {
  EXPECT_THAT(
      compared(R"({"a.service": {"x": ["1", "2"]}})", R"({"a.service": {"x": ["2", "1"]}})"),
      IsEmpty());
}

TEST(Difference, IgnoresTheHashesOfStorePaths) {
  const std::string one(32, 'a');
  const std::string other(32, 'b');
  const auto unit = [](const std::string& hash) {
    return R"({"a.service": {"programs": ["/nix/store/)" + hash + R"(-a-1/bin/a"]}})";
  };
  EXPECT_THAT(compared(unit(one), unit(other)), IsEmpty());
  EXPECT_EQ(generalised("/nix/store/" + one + "-a-1/bin/a and /nix/store/x"),
            "/nix/store/…-a-1/bin/a and /nix/store/x");
}

TEST(DifferenceText, SaysBothValues) {
  const std::vector<UnitDifference> all{{.unit = "a.service",
                                         .former = "b.service",
                                         .kind = UnitChange::changed,
                                         .fields = {{"User", "", "a|b"}}}};
  EXPECT_EQ(print(all, DifferenceFormat::text),
            "changed  a.service (was b.service)\n    User\n      - (none)\n      + a|b\n");
  EXPECT_THAT(print(all, DifferenceFormat::markdown), HasSubstr("| User | (none) | a\\|b |"));
  const Dict json = parsed(print(all, DifferenceFormat::json));
  EXPECT_EQ(json.at("units").get<Values>()->size(), 1U);
  EXPECT_EQ(print({}, DifferenceFormat::text), "no difference\n");
}
}  // namespace
}  // namespace checklist::capture
