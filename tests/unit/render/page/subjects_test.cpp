// SPDX-License-Identifier: MIT
#include "render/page/subjects.hpp"

#include <gtest/gtest.h>

#include "render/reports.hpp"

namespace checklist::render {
namespace {
TEST(PageSubjects, AreTheUnitsAndThenTheHost) {
  const Report sample = testing::sample();
  const auto subjects = subjects_of(sample);
  ASSERT_EQ(subjects.size(), 4U);
  EXPECT_EQ(subjects[3].name, "host");
  EXPECT_EQ(subjects[3].href, "unit/host");
  EXPECT_EQ(subjects[0].name, "llamacpp.service");
  EXPECT_EQ(subjects[0].href, "unit/llamacpp.service");
  EXPECT_EQ(subjects[2].name, "jupyter.service (user:dev)");
  EXPECT_EQ(subjects[2].href, "unit/jupyter.service?manager=user:dev");
}

TEST(PageSubjects, LeaveOutAHostWithoutChecks) {
  Report sample = testing::sample();
  sample.host = std::make_shared<const HostReport>();
  EXPECT_EQ(subjects_of(sample).back().name, "jupyter.service (user:dev)");
  EXPECT_FALSE(find_subject(sample, "host", "system"));
}

TEST(PageSubjects, AreFoundByNameAndManager) {
  const Report sample = testing::sample();
  EXPECT_TRUE(find_subject(sample, "host", "system"));
  EXPECT_TRUE(find_subject(sample, "jupyter.service", "user:dev"));
  EXPECT_FALSE(find_subject(sample, "jupyter.service", "system"));
  EXPECT_FALSE(find_subject(sample, "", "system"));
}

TEST(PageSubjects, AreFilteredByNameAndGroup) {
  const Report sample = testing::sample();
  EXPECT_EQ(filter_attributes(subjects_of(sample)[0].service, Status::fail),
            " data-row=\"llamacpp.service ml\" data-worst=fail");
  EXPECT_EQ(filter_attributes(nullptr, Status::pass), " data-row=\"host\" data-worst=pass");
}
}  // namespace
}  // namespace checklist::render
