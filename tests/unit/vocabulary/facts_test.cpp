// SPDX-License-Identifier: MIT
// The store: asking is subscribing.
#include <gmock/gmock.h>

#include "checklist/facts/store.hpp"

#include "support/world.hpp"

namespace checklist {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr Reader reader = 7;

TEST(Facts, IsPendingAndWantedOnceSomebodyAsked) {
  Facts facts;
  EXPECT_TRUE(facts.read(UnitKey{"a.service"}, reader).pending());
  EXPECT_TRUE(facts.awaits(reader));
  EXPECT_THAT(*facts.wanted<UnitKey>(), ElementsAre(UnitKey{"a.service"}));
  EXPECT_FALSE(facts.wanted<UnitKey>().has_value()) << "nothing changed since";
}

TEST(Facts, MarksTheReadersOfWhatChanged) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  facts.put(LingerKey{"dev"}, true);
  EXPECT_THAT(facts.take_marked(), ElementsAre(reader));
  facts.put(LingerKey{"dev"}, true);
  EXPECT_THAT(facts.take_marked(), IsEmpty()) << "an equal fact is no change";
  facts.put(LingerKey{"other"}, true);
  EXPECT_THAT(facts.take_marked(), IsEmpty()) << "nobody asked for it";
}

TEST(Facts, MarkAReaderWhenTheLastThatItAwaitsArrives) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  (void)facts.read(LingerKey{"other"}, reader);
  (void)facts.read(LingerKey{"other"}, reader + 1);
  facts.put(LingerKey{"other"}, true);
  EXPECT_THAT(facts.take_marked(), ElementsAre(reader + 1));
  EXPECT_TRUE(facts.awaits(reader));
  facts.put(LingerKey{"other"}, false);
  EXPECT_THAT(facts.take_marked(), ElementsAre(reader, reader + 1)) << "a known fact changed";
  facts.put(LingerKey{"dev"}, true);
  EXPECT_THAT(facts.take_marked(), ElementsAre(reader));
  EXPECT_FALSE(facts.awaits(reader));
}

TEST(Facts, AreReadUntilTheReaderNoLongerReadsThem) {
  Facts facts;
  for (const bool both : {true, false, false}) {
    facts.begin(reader);
    (void)facts.read(LingerKey{"dev"}, reader);
    if (both) {
      (void)facts.read(LingerKey{"other"}, reader);
    }
    (void)facts.read(LingerKey{"dev"}, reader);
    facts.end(reader);
  }
  facts.put(LingerKey{"other"}, true);
  EXPECT_THAT(facts.take_marked(), IsEmpty());
  facts.put(LingerKey{"dev"}, true);
  EXPECT_THAT(facts.take_marked(), ElementsAre(reader));
  EXPECT_FALSE(facts.awaits(reader));
}

TEST(Facts, ACopyHasNoReaders) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  facts.put(LingerKey{"dev"}, true);
  Facts copy(facts);
  copy.put(LingerKey{"dev"}, false);
  EXPECT_THAT(copy.take_marked(), IsEmpty());
  EXPECT_TRUE(*facts.read(LingerKey{"dev"}, reader));
}

TEST(Facts, TellWhichKeysWereAddedToThoseWanted) {
  Facts facts;
  facts.want(LingerKey{"dev"});
  EXPECT_THAT(*facts.wanted<LingerKey>(), ElementsAre(LingerKey{"dev"}));
  (void)facts.read(LingerKey{"other"}, reader);
  (void)facts.read(LingerKey{"dev"}, reader);
  EXPECT_THAT(facts.added<LingerKey>(), ElementsAre(LingerKey{"other"}));
  facts.clear_added<LingerKey>();
  EXPECT_FALSE(facts.wanted<LingerKey>().has_value());
  facts.forget(reader);
  (void)facts.read(LingerKey{"third"}, reader);
  facts.drop_unread();
  EXPECT_THAT(facts.added<LingerKey>(), IsEmpty()) << "others were dropped";
  EXPECT_THAT(*facts.wanted<LingerKey>(), ElementsAre(LingerKey{"third"}));
}

TEST(Facts, ForgetAllReaders) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  facts.mark(reader);
  facts.forget_readers();
  facts.put(LingerKey{"dev"}, true);
  EXPECT_FALSE(facts.any_marked());
}

TEST(Facts, ForgetsAReaderThatNoLongerAsks) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  facts.forget(reader);
  facts.put(LingerKey{"dev"}, true);
  EXPECT_THAT(facts.take_marked(), IsEmpty());
}

TEST(Facts, StayWantedUntilTheyAreDropped) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  (void)facts.wanted<LingerKey>();
  facts.forget(reader);
  (void)facts.read(LingerKey{"dev"}, reader);
  EXPECT_FALSE(facts.wanted<LingerKey>().has_value()) << "asked for again";
  facts.forget(reader);
  (void)facts.read(LingerKey{"other"}, reader);
  EXPECT_THAT(*facts.wanted<LingerKey>(), ElementsAre(LingerKey{"dev"}, LingerKey{"other"}));
  facts.put(LingerKey{"dev"}, true);
  EXPECT_TRUE(facts.read(LingerKey{"dev"}, reader)) << "it was followed all the time";
  facts.forget(reader);
  (void)facts.read(LingerKey{"other"}, reader);
  facts.drop_unread();
  EXPECT_THAT(*facts.wanted<LingerKey>(), ElementsAre(LingerKey{"other"}));
}

TEST(Facts, AskingAgainAfterDroppingIsPendingAnew) {
  Facts facts;
  (void)facts.read(LingerKey{"dev"}, reader);
  facts.put(LingerKey{"dev"}, true);
  (void)facts.wanted<LingerKey>();
  facts.forget(reader);
  facts.drop_unread();
  EXPECT_THAT(*facts.wanted<LingerKey>(), IsEmpty());
  EXPECT_TRUE(facts.read(LingerKey{"dev"}, reader).pending());
}

TEST(Facts, DropsOneKindOfWhatNobodyAsksFor) {
  Facts facts;
  const ProbeKey probe{.unit = "a.service", .settled = {}, .request = {}, .pace = {}};
  (void)facts.read(LingerKey{"dev"}, reader);
  (void)facts.read(probe, reader);
  EXPECT_THAT(*facts.wanted<ProbeKey>(), ElementsAre(probe));
  facts.drop_unread<ProbeKey>();
  EXPECT_FALSE(facts.wanted<ProbeKey>().has_value()) << "it is still asked for";
  facts.put(LingerKey{"dev"}, true);
  facts.forget(reader);
  facts.drop_unread<ProbeKey>();
  EXPECT_THAT(*facts.wanted<ProbeKey>(), IsEmpty());
  EXPECT_TRUE(facts.read(LingerKey{"dev"}, reader)) << "another kind is left alone";
}

TEST(Facts, KnowWhetherAnythingOfAKindCanBeSeen) {
  Facts facts;
  EXPECT_EQ(facts.sees<UnitKey>(), std::nullopt);
  (void)facts.read(UnitKey{"a.service"}, 0);
  EXPECT_EQ(facts.sees<UnitKey>(), std::nullopt) << "it is pending";
  facts.put(UnitKey{"a.service"}, Unit{});
  Unit renamed;
  renamed.id = "b.service";
  facts.put(UnitKey{"a.service"}, renamed);
  EXPECT_EQ(facts.sees<UnitKey>(), true);
  facts.put(UnitKey{"a.service"}, Unseen{"bus", "", ""});
  EXPECT_EQ(facts.sees<UnitKey>(), false);
  facts.put(UnitKey{"a.service"}, Unseen{"gone", "", ""});
  EXPECT_EQ(facts.sees<UnitKey>(), true) << "an answer: it does not exist";
  facts.put(UnitKey{"b.service"}, Unseen{"bus", "", ""});
  EXPECT_EQ(facts.sees<UnitKey>(), false);
  facts.put(UnitKey{"b.service"}, Unit{});
  facts.forget(0);
  facts.drop_unread();
  EXPECT_EQ(facts.sees<UnitKey>(), std::nullopt);
}

TEST(View, WakesAtTheEarliestMomentThatIsNotOver) {
  Facts facts;
  const Spec spec;
  View view(facts, reader, spec, TimePoint{10s});
  EXPECT_TRUE(view.passed(TimePoint{10s}));
  EXPECT_FALSE(view.passed(TimePoint{30s}));
  EXPECT_FALSE(view.passed(TimePoint{20s}));
  EXPECT_EQ(view.wake_at(), TimePoint{20s});
}
}  // namespace
}  // namespace checklist
