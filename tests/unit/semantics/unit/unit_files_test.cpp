// SPDX-License-Identifier: MIT
#include "semantics/unit/unit_files.hpp"

#include <gmock/gmock.h>

namespace checklist::semantics {
namespace {
using ::testing::ElementsAre;

TEST(UnitFiles, OutlastARebootUnlessTheyLieBelowRun) {
  EXPECT_TRUE(outlasts_reboot("/etc/systemd/system/x.service"));
  EXPECT_TRUE(outlasts_reboot("/home/run/x.service"));
  EXPECT_FALSE(outlasts_reboot("/run/systemd/system/x.service"));
  EXPECT_FALSE(outlasts_reboot("/run/systemd/transient/x.service"));
}

TEST(UnitFiles, OfAGeneratorAreMadeAgainAtBoot) {
  for (const char* path :
       {"/run/systemd/generator/x.mount", "/run/systemd/generator.late/x.service",
        "/run/user/1000/systemd/generator.early/x.service"}) {
    EXPECT_TRUE(is_generated(path)) << path;
    EXPECT_TRUE(outlasts_reboot(path)) << path;
  }
  EXPECT_FALSE(is_generated("/etc/systemd/generator/x.service"));
}

TEST(UnitFiles, AreConfiguredByTheDirectoriesOfTheirNameItsPrefixesAndItsType) {
  EXPECT_THAT(directory_stems("x.service"), ElementsAre("x.service", "service"));
  EXPECT_THAT(directory_stems("foo-bar-baz.service"),
              ElementsAre("foo-bar-baz.service", "foo-bar-.service", "foo-.service", "service"));
  EXPECT_THAT(directory_stems("getty-a@tty1.service"),
              ElementsAre("getty-a@tty1.service", "getty-a@.service", "getty-.service", "service"));
  EXPECT_THAT(directory_stems("-.mount"), ElementsAre("-.mount", "mount"));
}

TEST(UnitFiles, OfAnInstanceAreThoseOfItsTemplate) {
  EXPECT_EQ(template_of("x@y.service"), "x@.service");
  EXPECT_EQ(template_of("x@a.b@c.service"), "x@.service");
  EXPECT_EQ(template_of("x@.service"), "");
  EXPECT_EQ(template_of("x.service"), "");
  EXPECT_EQ(template_of("x"), "");
}

TEST(UnitFiles, TransientUnitsAreNotMeantToStay) {
  EXPECT_TRUE(is_transient("/run/systemd/transient/x.service"));
  EXPECT_TRUE(is_transient("/run/user/1000/systemd/transient/x.service.d/50-Nice.conf"));
  EXPECT_FALSE(is_transient("/run/systemd/system/x.service"));
}
}  // namespace
}  // namespace checklist::semantics
