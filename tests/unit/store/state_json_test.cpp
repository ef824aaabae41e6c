// SPDX-License-Identifier: MIT
#include "store/state_json.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace checklist::store {
namespace {
using namespace std::chrono_literals;

Track a_track(Status status) {
  return {.status = status, .since = WallTime{1'700'000'000s}, .changes = {1, 2, 3, 4}};
}

State a_state(Status status) {
  State out;
  out.checks = {{"a.service", {{"files", a_track(Status::pass)}}},
                {"b.service", {{"boot_start", a_track(status)}, {"files", a_track(Status::skip)}}},
                {"", {{"coverage", a_track(Status::pass)}}}};
  out.journal.cursor = "s=1;\"i\"=2";
  out.journal.behind = {{"b.service", "s=1"}};
  out.journal.counts = {{"a.service", {}},
                        {"b.service", {{{Priority::err, MessageClass::match}, 1}}}};
  out.records = {{"a.service", {}}, {"b \"q\".service", {}}};
  return out;
}

class StateTextTest : public ::testing::Test {
 protected:
  // Whoever wrote other states before says the same as somebody new.
  void expect_as_new(const State& state) { EXPECT_EQ(text_.of(state), StateText().of(state)); }

  StateText text_;
};

TEST_F(StateTextTest, IsTheSameWhateverWasWrittenBefore) {
  expect_as_new({});
  State state = a_state(Status::pass);
  expect_as_new(state);
  expect_as_new(state);
  expect_as_new(a_state(Status::fail));
  state.checks.erase("b.service");
  state.records["a.service"].first_seen = WallTime{1s};
  expect_as_new(state);
  state.checks["0.service"] = {{"files", a_track(Status::fail)}};
  state.records.clear();
  state.journal.counts["b.service"][{Priority::err, MessageClass::match}] = 2;
  expect_as_new(state);
  expect_as_new({});
  expect_as_new(a_state(Status::pass));
}

TEST_F(StateTextTest, IsReadAsItWasMeant) {
  const State state = a_state(Status::fail);
  const State read = state_from(text_.of(state));
  EXPECT_EQ(read.checks, state.checks);
  EXPECT_EQ(read.records, state.records);
  EXPECT_EQ(read.journal.behind, state.journal.behind);
  EXPECT_TRUE(state_from(StateText().of({})).checks.empty());
}

TEST(StateFrom, RefusesWhatIsNoState) {
  for (const char* text : {"", "{", "[]", "{}", R"({"version": 99})"}) {
    EXPECT_THROW((void)state_from(text), std::invalid_argument) << text;
  }
}

TEST(StateFrom, RefusesAListInPlaceOfAnObject) {
  const std::string good = StateText().of({});
  for (const std::string member : {"checks", "records", "counters", "forgotten", "specs"}) {
    std::string bad = good;
    const std::string object = "\"" + member + "\":{}";
    ASSERT_NE(bad.find(object), std::string::npos) << object << " in " << good;
    bad.replace(bad.find(object), object.size(), "\"" + member + "\":[]");
    EXPECT_THROW((void)state_from(bad), std::invalid_argument) << bad;
  }
}
}  // namespace
}  // namespace checklist::store
