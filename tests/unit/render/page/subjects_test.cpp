// SPDX-License-Identifier: MIT
#include "render/page/subjects.hpp"

#include <gmock/gmock.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PageSubjects, AreTheHostAndThenTheUnits) {
  const Report sample = testing::sample();
  const auto subjects = subjects_of(sample);
  ASSERT_EQ(subjects.size(), 4U);
  EXPECT_EQ(subjects[0].id, "host");
  EXPECT_EQ(subjects[0].state, "degraded, systemd 252.39");
  EXPECT_EQ(subjects[1].name, "llamacpp.service");
  EXPECT_EQ(subjects[1].state, "active (running)");
  EXPECT_EQ(subjects[3].id, "user:dev/jupyter.service");
  EXPECT_EQ(subjects[3].name, "jupyter.service (user:dev)");
}

TEST(PageSubjects, LeaveOutAHostWithoutChecks) {
  Report sample = testing::sample();
  sample.host = std::make_shared<const HostReport>();
  EXPECT_EQ(subjects_of(sample).front().id, "llamacpp.service");
}

TEST(PageSubjects, SayWhichUnitsMustNotRun) {
  const Report sample = testing::sample();
  EXPECT_THAT(subjects_of(sample)[2].details_html, HasSubstr("no: must not run"));
  EXPECT_THAT(subjects_of(sample)[1].details_html, Not(HasSubstr("must not run")));
}

TEST(PageSubjects, AreFilteredByIdAndGroup) {
  const Report sample = testing::sample();
  EXPECT_EQ(filter_attributes(subjects_of(sample)[1], Status::fail),
            " data-row=\"llamacpp.service ml\" data-worst=fail");
}
}  // namespace
}  // namespace checklist::render
