// SPDX-License-Identifier: MIT
#include "checklist/duration_histogram.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
TEST(DurationHistogram, CountsEachLengthInEveryBucketThatHoldsIt) {
  DurationHistogram durations(DurationHistogram::computations);
  durations.add(25us);
  durations.add(26us);
  durations.add(5s);
  EXPECT_EQ(durations.count(), 3U);
  EXPECT_EQ(durations.sum(), Duration{5s + 51us});
  ASSERT_EQ(durations.at_most().size(), DurationHistogram::computations.size());
  EXPECT_EQ(durations.at_most()[0], (std::pair<Duration, std::uint64_t>{10us, 0}));
  EXPECT_EQ(durations.at_most()[1], (std::pair<Duration, std::uint64_t>{25us, 1}));
  EXPECT_EQ(durations.at_most()[2], (std::pair<Duration, std::uint64_t>{50us, 2}));
  EXPECT_EQ(durations.at_most().back(), (std::pair<Duration, std::uint64_t>{1s, 2}));
}
}  // namespace
}  // namespace checklist::observe
