// SPDX-License-Identifier: MIT
#include "observe/journal/message_tally.hpp"

#include <gtest/gtest.h>

namespace checklist::observe {
namespace {
const std::string x = "x.service";
const std::pair errors{Priority::err, MessageClass::priority};

std::string cursor(int number) {
  const std::string id(32, '1');
  return "s=" + id + ";i=" + std::to_string(number) + ";b=" + id + ";m=1;t=1;x=1";
}

TEST(MessageTally, KeepsWhatItRestored) {
  store::KeptMessages kept;
  kept.cursor = cursor(7);
  kept.counts = {{x, {{errors, 3}}}, {"y.service", {{errors, 1}}}};
  kept.behind = {{"y.service", cursor(5)}};
  MessageTally tally;
  tally.restore(kept);
  EXPECT_EQ(tally.kept(cursor(7), {}), kept);
  EXPECT_EQ(tally.up_to(x)->text, cursor(7));
  EXPECT_EQ(tally.up_to("y.service")->text, cursor(5));
  const auto further = tally.kept(cursor(9), {});
  EXPECT_EQ(further.behind.at(x), cursor(7)) << "it is not counted up to the common mark";
}

TEST(MessageTally, CountsAndTellsThatItDid) {
  MessageTally tally;
  tally.open(x, {{errors, 0}});
  EXPECT_EQ(tally.changes(), 0U);
  tally.add(x, Priority::err, MessageClass::priority);
  tally.open(x, {{errors, 0}});
  EXPECT_EQ(tally.changes(), 1U);
  EXPECT_EQ(tally.kept("", {}).counts.at(x).at(errors), 1U);
  EXPECT_TRUE(tally.kept("", {x}).counts.empty());
}

TEST(MessageTally, AMarkGoesForwardOnly) {
  MessageTally tally;
  tally.leave_at(x, mark_of(cursor(5)));
  tally.leave_at(x, mark_of(cursor(3)));
  tally.leave_at(x, std::nullopt);
  EXPECT_EQ(tally.up_to(x)->text, cursor(5));
  tally.leave_at(x, mark_of(cursor(6)));
  EXPECT_EQ(tally.up_to(x)->text, cursor(6));
  tally.join(x);
  EXPECT_FALSE(tally.up_to(x));
}

TEST(MessageTally, ACursorThatIsNoneIsNoMark) {
  store::KeptMessages kept;
  kept.cursor = "garbage";
  kept.counts = {{x, {{errors, 3}}}};
  MessageTally tally;
  tally.restore(kept);
  EXPECT_FALSE(tally.up_to(x));
  EXPECT_EQ(tally.kept("", {}).counts.at(x).at(errors), 3U);
}
}  // namespace
}  // namespace checklist::observe
