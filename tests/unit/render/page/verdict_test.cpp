// SPDX-License-Identifier: MIT
#include "render/page/verdict.hpp"

#include <gtest/gtest.h>

namespace checklist::render {
namespace {
Counts counts(std::size_t pass, std::size_t fail, std::size_t unknown, std::size_t skip) {
  Counts out{};
  out.at(static_cast<std::size_t>(Status::pass)) = pass;
  out.at(static_cast<std::size_t>(Status::fail)) = fail;
  out.at(static_cast<std::size_t>(Status::unknown)) = unknown;
  out.at(static_cast<std::size_t>(Status::skip)) = skip;
  return out;
}

TEST(PageVerdict, IsOfTheWorstStatus) {
  EXPECT_EQ(worst(counts(3, 1, 1, 1)), Status::fail);
  EXPECT_EQ(worst(counts(3, 0, 1, 1)), Status::unknown);
  EXPECT_EQ(worst(counts(3, 0, 0, 1)), Status::pass);
  EXPECT_EQ(worst(counts(0, 0, 0, 0)), Status::skip);
}

TEST(PageVerdict, CountsWhatFailsAndWhatIsUnknown) {
  EXPECT_EQ(verdict(counts(0, 0, 0, 2)), "No check applies");
  EXPECT_EQ(verdict(counts(1, 0, 0, 0)), "The one check passes");
  EXPECT_EQ(verdict(counts(2, 0, 0, 0)), "All 2 checks pass");
  EXPECT_EQ(verdict(counts(1, 1, 0, 0)), "1 of 2 checks fails");
  EXPECT_EQ(verdict(counts(1, 0, 1, 0)), "1 of 2 checks is unknown, none fails");
  EXPECT_EQ(verdict(counts(1, 3, 1, 1)), "3 of 5 checks fail, 1 is unknown");
}

TEST(PageVerdict, LeavesTheOtherCountsBesideIt) {
  EXPECT_EQ(beside_verdict(counts(1, 0, 0, 0)), "");
  EXPECT_EQ(beside_verdict(counts(1, 1, 0, 0)), "1 pass");
  EXPECT_EQ(beside_verdict(counts(1, 3, 1, 1)), "1 pass, 1 skipped");
}
}  // namespace
}  // namespace checklist::render
