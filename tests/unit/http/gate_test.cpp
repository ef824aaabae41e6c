// SPDX-License-Identifier: MIT
// Users, passwords and the rate limit of TCP addresses.
#include "http/gate.hpp"

#include <gmock/gmock.h>

#include "http/fixture.hpp"

namespace checklist::http {
namespace {
// Of "secret", with the lowest cost; and of "late", whose cost of 12 takes some 200 ms.
const std::string hash = "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW";
constexpr auto right = "Authorization: Basic cHJvbWV0aGV1czpzZWNyZXQ=\r\n";  // prometheus:secret
constexpr auto wrong = "Authorization: Basic cHJvbWV0aGV1czp3cm9uZw==\r\n";  // prometheus:wrong
constexpr auto stranger = "Authorization: Basic c3RyYW5nZXI6c2VjcmV0\r\n";   // stranger:secret

class GateTest : public ServerTest {
 protected:
  void with_users(const std::string& its_hash = hash) {
    server_->protect({.users = {{"prometheus", its_hash}}});
  }
};

TEST_F(GateTest, AsksForAPassword) {
  start();
  with_users();
  const Answer answer = get("/");
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.headers.at("www-authenticate"), "Basic");
  EXPECT_TRUE(requests_.empty());
}

TEST_F(GateTest, ServesThoseWhoKnowIt) {
  start();
  with_users();
  EXPECT_EQ(get("/", right).status, 200);
  EXPECT_EQ(get("/", wrong).status, 401);
  EXPECT_EQ(get("/", stranger).status, 401);
  EXPECT_EQ(get("/", "Authorization: Bearer x\r\n").status, 401);
  EXPECT_EQ(requests_.size(), 1U);
}

TEST_F(GateTest, AnswersAtOnceOnceThePasswordIsKnown) {
  start();
  with_users();
  Client client(loop_, address_);
  client.get("/", right);
  EXPECT_EQ(answer_to(client).status, 200);
  client.get("/", right);
  EXPECT_EQ(answer_to(client).status, 200);
  with_users("$2b$04$abcdefghijklmnopqrstuuOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO");
  client.get("/", right);
  EXPECT_EQ(answer_to(client).status, 401);
}

TEST_F(GateTest, HoldsLongPollsOfUsers) {
  start();
  with_users();
  Client client(loop_, address_);
  client.get("/wait", right);
  ASSERT_TRUE(until([this] { return waiting_.size() == 1; }));
  waiting_.front().answer(text_response(200, "now\n"));
  EXPECT_EQ(answer_to(client).body, "now\n");
}

TEST_F(GateTest, ForgetsAClientThatLeavesWhileItsPasswordIsCompared) {
  start();
  with_users();
  auto client = std::make_unique<Client>(loop_, address_);
  client->get("/", right);
  ASSERT_TRUE(until([this] { return server_->long_polls() == 1; }));
  client.reset();
  EXPECT_TRUE(until([this] { return server_->connections() == 0; }));
  EXPECT_EQ(get("/", right).status, 200);
  EXPECT_EQ(requests_.size(), 1U);
}

TEST_F(GateTest, RefusesWhatExceedsTheQueueOfOneClient) {
  start();
  with_users("$2b$12$abcdefghijklmnopqrstuuOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO");
  std::list<Client> clients;
  for (std::size_t i = 0; i <= PasswordQueue::most_of_one_client; ++i) {
    clients.emplace_back(loop_, address_).get("/", wrong);
    ASSERT_TRUE(until([&] { return server_->connections() == i + 1; }));
  }
  EXPECT_EQ(answer_to(clients.back()).status, 503);
  EXPECT_EQ(answer_to(clients.front()).status, 401);
}

TEST_F(GateTest, StopsWhilePasswordsWait) {
  start();
  with_users();
  Client client(loop_, address_);
  client.get("/", wrong);
  ASSERT_TRUE(until([this] { return server_->long_polls() == 1; }));
  server_.reset();
  EXPECT_EQ(answer_to(client).status, 503);
}

TEST_F(GateTest, LetsUnixSocketsPass) {
  start();
  with_users();
  address_ = server_->listen(UnixAddress{.path = directory_ / "http.sock"});
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(GateTest, LimitsTheRate) {
  start();
  server_->protect({.rate_limit = {.interval = 1h, .burst = 2}});
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/").status, 200);
  EXPECT_EQ(get("/").status, 429);
  address_ = server_->listen(UnixAddress{.path = directory_ / "http.sock"});
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(GateTest, RefreshesItsProtectionBeforeEachRequest) {
  int refreshed = 0;
  options_.refresh = [&] {
    ++refreshed;
    with_users();
  };
  start();
  EXPECT_EQ(get("/").status, 401);
  EXPECT_EQ(refreshed, 2);  // for the connection, for the request
}
}  // namespace
}  // namespace checklist::http
