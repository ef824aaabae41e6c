// SPDX-License-Identifier: MIT
#include "semantics/unit/unit_words.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(UnitWords, FindsAUnitAmongOthers) {
  EXPECT_TRUE(names_unit("a.service  b.service", "x.service", "b.service"));
  EXPECT_TRUE(names_unit("\"a.service\" 'b.service'", "x.service", "b.service"));
  EXPECT_TRUE(names_unit("a\\x2db.service", "x.service", "a\\x2db.service"));
  EXPECT_FALSE(names_unit("a.service b.service", "x.service", "b.servic"));
  EXPECT_FALSE(names_unit("", "x.service", "x.service"));
}

TEST(UnitWords, SpecifiersMeanTheOwner) {
  const std::string owner = "system-t@one.service";
  EXPECT_TRUE(names_unit("db@%i.service", owner, "db@one.service"));
  EXPECT_TRUE(names_unit("%p-x.service", owner, "system-t-x.service"));
  EXPECT_TRUE(names_unit("%j.service", owner, "t.service"));
  EXPECT_TRUE(names_unit("%N.target", owner, "system-t@one.target"));
  EXPECT_TRUE(names_unit("%n", owner, owner));
  EXPECT_FALSE(names_unit("db@%i.service", owner, "db@two.service"));
  EXPECT_TRUE(names_unit("db@%i.service", "plain.service", "db@.service"));
}

TEST(UnitWords, OtherSpecifiersStandForAnyText) {
  EXPECT_TRUE(names_unit("on-%H.service", "x.service", "on-sandbox.service"));
  EXPECT_TRUE(names_unit("%H-%m.service", "x.service", "a-b.service"));
  EXPECT_FALSE(names_unit("on-%H.service", "x.service", "off-sandbox.service"));
  EXPECT_FALSE(names_unit("on-%H.service", "x.service", "on-sandbox.socket"));
}

TEST(UnitWords, OnlyTheUnitSectionCounts) {
  const UnitFile file{.exists = true,
                      .directives = {{"Unit", "Wants", "a.service"},
                                     {"Unit", "Wants", ""},
                                     {"Install", "Wants", "b.service"}}};
  EXPECT_TRUE(names_unit(file, "Wants", "x.service", "a.service"));  // nothing takes it back
  EXPECT_FALSE(names_unit(file, "Wants", "x.service", "b.service"));
  EXPECT_FALSE(names_unit(file, "Requires", "x.service", "a.service"));
}

TEST(NamedUnits, AreThoseOfEveryFileAndOfEveryPattern) {
  NamedUnits named;
  named.add({.exists = true, .directives = {{"Unit", "Wants", "a.service on-%H.service"}}}, "Wants",
            "x@1.service");
  named.add({.exists = true,
             .directives = {{"Unit", "Wants", "%i.service"}, {"Install", "Wants", "b.service"}}},
            "Wants", "x@1.service");
  for (const char* unit : {"a.service", "1.service", "on-sandbox.service"}) {
    EXPECT_TRUE(named.contains(unit)) << unit;
  }
  EXPECT_FALSE(named.contains("b.service"));
  EXPECT_FALSE(NamedUnits().contains("a.service"));
}
}  // namespace
}  // namespace checklist::semantics
