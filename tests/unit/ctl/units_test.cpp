// SPDX-License-Identifier: MIT
#include "ctl/units.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::ctl {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> known{"ollama.service", "ollama-models.service", "clean.timer",
                                     "jupyter.service", "dev/jupyter.service"};

TEST(Units, AreNamedWithOrWithoutTheirSuffix) {
  EXPECT_THAT(select_units({"ollama", "clean.timer"}, known).units,
              ElementsAre("ollama.service", "clean.timer"));
  EXPECT_THAT(select_units({"dev/jupyter"}, known).units, ElementsAre("dev/jupyter.service"));
  EXPECT_THAT(select_units({}, known).units, IsEmpty());
}

TEST(Units, AreMatchedByPatterns) {
  EXPECT_THAT(select_units({"ollama*"}, known).units,
              ElementsAre("ollama.service", "ollama-models.service"));
  EXPECT_THAT(select_units({"*.timer"}, known).units, ElementsAre("clean.timer"));
  EXPECT_THAT(select_units({"*/jup*"}, known).units, ElementsAre("dev/jupyter.service"));
}

TEST(Units, AreNamedByTheirFirstLettersIfOnlyOneBeginsWithThem) {
  EXPECT_THAT(select_units({"jup"}, known).units, ElementsAre("jupyter.service"));
  EXPECT_THAT(select_units({"dev/jup"}, known).units, ElementsAre("dev/jupyter.service"));
  EXPECT_THAT(select_units({"ollama-"}, known).units, ElementsAre("ollama-models.service"));
  EXPECT_THAT(select_units({"olla"}, known).errors,
              ElementsAre("'olla' is ambiguous: ollama.service, ollama-models.service"));
}

TEST(Units, ThatAreUnknownAreErrors) {
  EXPECT_THAT(
      select_units({"olama", "x*"}, known).errors,
      ElementsAre("no spec for 'olama.service': perhaps 'ollama.service'", "no spec matches 'x*'"));
  EXPECT_THAT(select_units({"\033[2J"}, {}).errors,
              ElementsAre("no spec for '\xef\xbf\xbd[2J': there are no specs"));
}

TEST(Units, OfAReportAreKeptByNameOfAnyManagerOrOfOne) {
  auto of_user = testing::service("jupyter.service", {});
  of_user->manager = "user:dev";
  const Report whole = testing::report({testing::service("jupyter.service", {}), of_user});
  EXPECT_THAT(names_of_units(whole, "system"),
              ElementsAre("jupyter.service", "jupyter.service", "dev/jupyter.service"));
  Report both = whole;
  keep(both, {"jupyter.service"}, "system");
  EXPECT_EQ(both.services.size(), 2U);
  Report one = whole;
  keep(one, {"dev/jupyter.service"}, "system");
  ASSERT_EQ(one.services.size(), 1U);
  EXPECT_EQ(one.services.front()->manager, "user:dev");
}
}  // namespace
}  // namespace checklist::ctl
