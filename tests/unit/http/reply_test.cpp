// SPDX-License-Identifier: MIT
#include "http/reply.hpp"

#include <gtest/gtest.h>

#include "http/exchange.hpp"

namespace checklist::http {
namespace {
using State = Exchange::State;

class ReplyTest : public ::testing::Test {
 protected:
  // 0 if nothing is to be sent.
  [[nodiscard]] int status() const { return exchange_->response ? exchange_->response->status : 0; }

  std::shared_ptr<Exchange> exchange_ = std::make_shared<Exchange>();
  std::optional<Reply> reply_{Reply(exchange_)};
};

TEST_F(ReplyTest, AnswersOnceAndWakesAWaitingConnection) {
  int woken = 0;
  exchange_->state = State::waiting;
  exchange_->wake = [&woken] { ++woken; };
  reply_->answer(text_response(200, "first"));
  reply_.reset();
  EXPECT_EQ(status(), 200);
  EXPECT_EQ(woken, 1);
}

TEST_F(ReplyTest, AnswersServiceUnavailableIfDestroyedWithoutAnAnswer) {
  Reply moved = std::move(*reply_);
  reply_.reset();
  EXPECT_EQ(exchange_->state, State::asked) << "a moved-from reply owes no answer";
  const auto other = std::make_shared<Exchange>();
  moved = Reply(other);
  EXPECT_EQ(status(), 503) << "an assigned reply has abandoned its request";
  EXPECT_EQ(other->state, State::asked);
}

TEST_F(ReplyTest, NotifiesOnceOfAClientThatHasDisconnected) {
  int notified = 0;
  reply_->on_gone([&] {
    ++notified;
    reply_.reset();
  });
  exchange_->abandon();
  exchange_->abandon();
  EXPECT_EQ(notified, 1);
  EXPECT_EQ(exchange_->state, State::gone);
  EXPECT_EQ(status(), 0) << "an answer after the disconnection has no effect";
}

TEST_F(ReplyTest, SendsTheServersOwnResponseToAClientThatItRefuses) {
  exchange_->abandon(text_response(429, "too many long polls\n"));
  EXPECT_TRUE(reply_->gone());
  reply_->answer(text_response(200, "late"));
  EXPECT_EQ(status(), 429);
}

TEST_F(ReplyTest, DoesNotNotifyAfterTheAnswer) {
  reply_->on_gone([] { ADD_FAILURE() << "notified"; });
  reply_->answer(text_response(200, ""));
  exchange_->abandon();
  EXPECT_TRUE(reply_->gone());
}
}  // namespace
}  // namespace checklist::http
