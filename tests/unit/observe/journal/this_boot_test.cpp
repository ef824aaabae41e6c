// SPDX-License-Identifier: MIT
#include "observe/journal/this_boot.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
class ThisBootTest : public ::testing::Test {
 protected:
  ThisBootTest() { ::unsetenv(variable); }

  ~ThisBootTest() override { ::unsetenv(variable); }

  static constexpr auto variable = "CHECKLISTD_BOOT_ID";
};

TEST_F(ThisBootTest, HasTheKernelsIdAndBeganInThePast) {
  const auto boot = this_boot();
  EXPECT_EQ(boot.id.size(), 32U);
  EXPECT_EQ(boot.id.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_LE(boot.began, TimePoint{std::chrono::duration_cast<Duration>(
                            std::chrono::steady_clock::now().time_since_epoch())});
}

TEST_F(ThisBootTest, TakesTheManagersIdFirst) {
  ::setenv(variable, "01234567-89ab-cdef-0123-456789abcdef", 1);
  EXPECT_EQ(this_boot().id, "0123456789abcdef0123456789abcdef");
}
}  // namespace
}  // namespace checklist::observe
