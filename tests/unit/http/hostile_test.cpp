// SPDX-License-Identifier: MIT
// Hostile and broken clients use few resources and do not delay others.
#include "http/fixture.hpp"
#include "support/open_files.hpp"

namespace checklist::http {
namespace {
using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::Le;
using testing::lowest_free_descriptor;
using testing::OpenFiles;

TEST_F(ServerTest, ClosesAConnectionThatAsksByteAfterByte) {
  options_.request_time = 200ms;
  start();
  Client client(loop_, address_);
  const TimePoint begin = loop_.now();
  event::Source drip;
  drip = loop_.timer([&] {
    client.send("x");
    drip.arm_at(loop_.now() + 20ms);
  });
  client.send("GET /");
  drip.arm_at(loop_.now());
  EXPECT_TRUE(until([&] { return client.closed(); }));
  EXPECT_GE(loop_.now() - begin, 200ms);
  EXPECT_LT(loop_.now() - begin, 2s);
  EXPECT_TRUE(until([&] { return server_->connections() == 0; }));
}

TEST_F(ServerTest, ClosesAConnectionThatAsksNothingMore) {
  options_.request_time = 100ms;
  start();
  Client client(loop_, address_);
  client.get("/");
  EXPECT_EQ(answer_to(client).status, 200);
  EXPECT_TRUE(until([&] { return client.closed(); }, 2s));
}

TEST_F(ServerTest, ClosesAConnectionThatDoesNotTakeItsAnswer) {
  options_.answer_time = 100ms;
  start();
  Client client(loop_, address_, 4096);
  client.get("/big");
  client.stop_reading();
  EXPECT_TRUE(until([&] { return !requests_.empty(); }));
  EXPECT_TRUE(until([&] { return server_->connections() == 0; }, 2s));
}

TEST_F(ServerTest, ServesAGoodClientAmongAThousandIdleOnes) {
  const OpenFiles many(4096);
  start();
  std::vector<event::Fd> hostile;
  for (int i = 0; i < 1000; ++i) {
    hostile.push_back(Client::connected(address_));
    (void)::send(hostile.back().get(), "GET / HT", 8, MSG_NOSIGNAL);
  }
  const TimePoint begin = loop_.now();
  EXPECT_EQ(get("/").status, 200);
  EXPECT_LT(loop_.now() - begin, 2s) << "with all thousand before it in the queue";
  const TimePoint again = loop_.now();
  EXPECT_EQ(get("/").status, 200);
  EXPECT_LT(loop_.now() - again, 200ms);
  EXPECT_THAT(server_->connections(), Le(64U));
}

TEST_F(ServerTest, DismissesWhoHasGoneLongestWithoutAFinishedRequest) {
  options_.connections = 2;
  start();
  Client useful(loop_, address_);
  useful.get("/");
  EXPECT_EQ(answer_to(useful).status, 200);
  Client idle(loop_, address_);
  EXPECT_TRUE(until([&] { return server_->connections() == 2; }));
  useful.get("/");
  EXPECT_EQ(answer_to(useful).status, 200);
  EXPECT_EQ(get("/").status, 200) << "a third one";
  EXPECT_TRUE(until([&] { return idle.closed(); }));
  EXPECT_FALSE(useful.closed());
}

TEST_F(ServerTest, MayDismissOneThatWaits) {
  options_.connections = 1;
  start();
  Client waiter(loop_, address_);
  waiter.get("/wait");
  EXPECT_TRUE(until([&] { return waiting_.size() == 1; }));
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(gone_, 1);
  EXPECT_TRUE(until([&] { return waiter.closed(); }));
}

TEST_F(ServerTest, RefusesHugeHeadersAndTargets) {
  start();
  EXPECT_THAT(get("/", "X-Huge: " + std::string(20'000, 'x') + "\r\n").status,
              AnyOf(Eq(431), Eq(413)));
  EXPECT_EQ(get("/" + std::string(20'000, 'x')).status, 414);
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(ServerTest, SurvivesNonsense) {
  options_.request_time = 100ms;
  start();
  for (const std::string& nonsense :
       {std::string("\0\0\0\0\r\n\r\n", 8), std::string("\x16\x03\x01\x02\x00\x01\x00", 7),
        std::string("GET\r\n\r\n"), std::string("GET / HTTP/9.9\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost\r\n\r\n")}) {
    Client client(loop_, address_);
    client.send(nonsense);
    client.stop_writing();
    EXPECT_TRUE(until([&] { return client.closed(); }, 1s)) << nonsense;
  }
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(ServerTest, ServesAGoodClientBehindThousandsThatHaveLeft) {
  const OpenFiles many(4096);
  start();
  for (int i = 0; i < 3000; ++i) {
    const event::Fd left = Client::connected(address_);
    (void)::send(left.get(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 37, MSG_NOSIGNAL);
  }
  EXPECT_EQ(get("/").status, 200);
  EXPECT_LT(requests_.size(), 300U) << "those that have left are not asked what they wanted";
}

TEST_F(ServerTest, ServesAGoodClientWhenIdleOnesHoldEveryDescriptor) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "without a descriptor UBSan cannot look at an object's type";
#endif
  start();
  const Client idle(loop_, address_);
  const Client second(loop_, address_);
  EXPECT_TRUE(until([&] { return server_->connections() == 2; }));
  Client good(loop_, address_);
  good.get("/");
  const OpenFiles none(lowest_free_descriptor());
  EXPECT_EQ(answer_to(good).status, 200);
}

TEST_F(ServerTest, DoesNotSpinWithoutDescriptors) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP()
      << "without a descriptor UBSan cannot look at an object's type, and takes it for none";
#endif
  options_.accept_pause = 30ms;
  start();
  Client client(loop_, address_);
  client.get("/");
  int turns = 0;
  {
    const OpenFiles none(lowest_free_descriptor());
    const event::Source count = loop_.before_poll([&turns] { ++turns; });
    EXPECT_FALSE(until([&] { return !client.received().empty(); }, 150ms));
  }
  EXPECT_LT(turns, 30);
  EXPECT_EQ(answer_to(client).status, 200) << "as soon as there is a descriptor again";
}
}  // namespace
}  // namespace checklist::http
