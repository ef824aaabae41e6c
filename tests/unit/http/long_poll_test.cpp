// SPDX-License-Identifier: MIT
// Replies that come later than their request.
#include "http/fixture.hpp"

namespace checklist::http {
namespace {
using ::testing::Contains;
using ::testing::Pair;
using ::testing::SizeIs;

class LongPoll : public ServerTest {
 protected:
  // One more client that asks for `/wait`; returns when its reply is held.
  Client& waiter() {
    const auto before = waiting_.size();
    auto& client = clients_.emplace_back(loop_, address_);
    client.get("/wait");
    EXPECT_TRUE(until([&] { return waiting_.size() > before; }));
    return client;
  }

  std::list<Client> clients_;
};

TEST_F(LongPoll, IsAnsweredLater) {
  start();
  Client& client = waiter();
  EXPECT_EQ(server_->long_polls(), 1U);
  EXPECT_EQ(get("/").status, 200) << "meanwhile others are served";
  EXPECT_EQ(client.received(), "");
  waiting_.front().answer(text_response(200, "now\n"));
  EXPECT_EQ(answer_to(client).body, "now\n");
  EXPECT_EQ(server_->long_polls(), 0U);
  EXPECT_EQ(gone_, 0);
}

TEST_F(LongPoll, HasNoDeadlineWhileItWaits) {
  options_.request_time = 30ms;
  options_.answer_time = 30ms;
  start();
  Client& client = waiter();
  EXPECT_FALSE(until([&] { return client.closed(); }, 150ms));
  waiting_.front().answer(text_response(200, "now\n"));
  EXPECT_EQ(answer_to(client).body, "now\n");
}

TEST_F(LongPoll, IsPutOffWhenTooManyWait) {
  start();
  for (int i = 0; i < 32; ++i) {
    (void)waiter();
  }
  Client& last = waiter();
  const Answer answer = answer_to(last);
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.headers, Contains(Pair("retry-after", "1")));
  EXPECT_TRUE(waiting_.back().gone());
  EXPECT_EQ(gone_, 1);
  for (auto& reply : waiting_) {
    reply.answer(text_response(200, "now\n"));
  }
  for (auto& client : clients_) {
    if (&client != &last) {
      EXPECT_EQ(answer_to(client).body, "now\n");
    }
  }
  EXPECT_EQ(last.received(), "") << "one answer is enough";
}

TEST_F(LongPoll, NoticesAClientThatLeaves) {
  start();
  (void)waiter();
  clients_.clear();
  EXPECT_TRUE(until([&] { return gone_ == 1 && server_->connections() == 0; }));
  EXPECT_TRUE(waiting_.front().gone());
  waiting_.front().answer(text_response(200, "too late\n"));
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(LongPoll, NoticesAClientThatOnlyStopsTalking) {
  start();
  waiter().stop_writing();
  EXPECT_TRUE(until([&] { return gone_ == 1 && server_->connections() == 0; }));
}

TEST_F(LongPoll, MayBeDroppedByWhatItCallsWhenItsClientLeaves) {
  start();
  (void)waiter();
  waiting_.front().on_gone([this] {
    waiting_.clear();
    ++gone_;
  });
  clients_.clear();
  EXPECT_TRUE(until([&] { return gone_ == 1 && server_->connections() == 0; }));
}

TEST_F(LongPoll, MayBeAnsweredFromWithinAnotherRequest) {
  server_ = std::make_unique<Server>(loop_, options_, [this](const Request& request, Reply reply) {
    if (request.path == "/wait") {
      waiting_.push_back(std::move(reply));
      return;
    }
    waiting_.back().answer(text_response(200, "woken\n"));
    reply.answer(response_);
  });
  address_ = server_->listen(TcpAddress{.host = "127.0.0.1", .port = 0});
  Client& client = waiter();
  EXPECT_EQ(get("/").body, "hello\n");
  EXPECT_EQ(answer_to(client).body, "woken\n");
}

TEST_F(LongPoll, IsRefusedWhenTheServerStops) {
  start();
  for (int i = 0; i < 3; ++i) {
    (void)waiter();
  }
  server_.reset();
  EXPECT_EQ(gone_, 3);
  for (auto& client : clients_) {
    EXPECT_EQ(answer_to(client).status, 503);
    EXPECT_TRUE(until([&] { return client.closed(); }));
  }
  for (auto& reply : waiting_) {
    EXPECT_TRUE(reply.gone());
    reply.answer(text_response(200, "too late\n"));
  }
}

TEST_F(LongPoll, IsSafeToDestroyAfterTheServer) {
  start();
  (void)waiter();
  server_.reset();
  waiting_.clear();
  EXPECT_EQ(answer_to(clients_.front()).status, 503);
}
}  // namespace
}  // namespace checklist::http
