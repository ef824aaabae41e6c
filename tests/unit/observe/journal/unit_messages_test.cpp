// SPDX-License-Identifier: MIT
#include "observe/journal/unit_messages.hpp"

#include <gmock/gmock.h>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

parse::LoggedMessage said(Priority priority, std::string text = "text") {
  parse::LoggedMessage out;
  out.priority = priority;
  out.text = std::move(text);
  return out;
}

parse::LoggedMessage failure() {
  auto out = said(Priority::warning, "x.service: Failed with result 'signal'.");
  out.is_failure = true;
  return out;
}

// "cause class"
std::string judged(const JournalMessagesKey& key, const parse::LoggedMessage& message) {
  const auto classification = UnitMessages(key).classify(message);
  return std::string(classification.cause ? text(*classification.cause) : "none") + " " +
         std::string(classification.counted ? text(*classification.counted) : "none");
}

TEST(UnitMessages, CountWhatIsUrgentEnough) {
  const JournalMessagesKey err;
  EXPECT_EQ(judged(err, said(Priority::emerg)), "priority priority");
  EXPECT_EQ(judged(err, said(Priority::err)), "priority priority");
  EXPECT_EQ(judged(err, said(Priority::warning)), "none priority");
  EXPECT_EQ(judged(err, said(Priority::notice)), "none none");
  EXPECT_EQ(judged(err, failure()), "failure priority");
  auto not_started = said(Priority::err, "Failed to start x.service.");
  not_started.is_failure = true;
  EXPECT_EQ(judged(err, not_started), "failure priority") << "not the cause";
  EXPECT_EQ(judged({.unit = {}, .id = {}, .priority = Priority::info}, said(Priority::info)),
            "priority none");
}

TEST(UnitMessages, CountWhatMatchesAtAnyPriority) {
  const JournalMessagesKey key{.unit = {}, .id = {}, .match = {"level=error", "^E "}};
  EXPECT_EQ(judged(key, said(Priority::info, "ts=1 level=error x")), "match match");
  EXPECT_EQ(judged(key, said(Priority::warning, "E x")), "match match");
  EXPECT_EQ(judged(key, said(Priority::err, "E x")), "priority priority");
  EXPECT_EQ(judged(key, said(Priority::info, "no E x")), "none none");
  auto without = said(Priority::info, "E x");
  without.priority.reset();
  EXPECT_EQ(judged(key, without), "match none") << "journalctl -p shows none of these";
}

TEST(UnitMessages, PassOverWhatIsToBeIgnored) {
  const JournalMessagesKey key{
      .unit = {}, .id = {}, .match = {"noise"}, .ignore = {"noise$", "result 'signal'"}};
  EXPECT_EQ(judged(key, said(Priority::err, "noise")), "none none");
  EXPECT_EQ(judged(key, said(Priority::warning, "noise")), "none none");
  EXPECT_EQ(judged(key, failure()), "none none");
  EXPECT_EQ(judged(key, said(Priority::info, "noise!")), "match match");
}

TEST(UnitMessages, KeepTheLatest) {
  UnitMessages messages({.unit = {}, .id = {}, .keep = 2});
  EXPECT_TRUE(messages.take(said(Priority::err, "a"), MessageCause::priority, TimePoint{1s}));
  EXPECT_TRUE(messages.take(said(Priority::crit, "b"), MessageCause::priority, TimePoint{2s}));
  EXPECT_FALSE(messages.take(said(Priority::warning, "w"), std::nullopt, TimePoint{3s}));
  EXPECT_TRUE(messages.take(said(Priority::err, "c"), MessageCause::priority, TimePoint{4s}));
  ASSERT_THAT(messages.messages().latest, SizeIs(2));
  EXPECT_EQ(messages.messages().latest[0].text, "b");
  EXPECT_EQ(messages.messages().latest[1].at, TimePoint{4s});
  messages.forget();
  EXPECT_THAT(messages.messages().latest, IsEmpty());
}

TEST(UnitMessages, CutALongText) {
  UnitMessages messages({});
  messages.take(said(Priority::err, std::string(2000, 'x')), MessageCause::priority, TimePoint{});
  EXPECT_THAT(messages.messages().latest[0].text, SizeIs(300));
}

TEST(UnitMessages, NoteThatSomeWereSuppressed) {
  UnitMessages messages({});
  auto suppression = said(Priority::info);
  suppression.is_suppression = true;
  EXPECT_TRUE(messages.take(suppression, std::nullopt, TimePoint{1s}));
  EXPECT_EQ(messages.messages().suppressed, TimePoint{1s});
  EXPECT_THAT(messages.messages().latest, IsEmpty());
}

TEST(UnitMessages, HaveACountForEverythingThereCanBe) {
  EXPECT_THAT(UnitMessages({}).nothing_counted(), SizeIs(5));
  const JournalMessagesKey key{.unit = {}, .id = {}, .priority = Priority::crit, .match = {"x"}};
  const auto counts = UnitMessages(key).nothing_counted();
  EXPECT_THAT(counts, SizeIs(10));
  EXPECT_TRUE(counts.contains({Priority::err, MessageClass::match}));
  EXPECT_FALSE(counts.contains({Priority::crit, MessageClass::match}));
  EXPECT_TRUE(UnitMessages(key).reads_all());
  EXPECT_FALSE(UnitMessages({}).reads_all());
}
}  // namespace
}  // namespace checklist::observe
