// SPDX-License-Identifier: MIT
// Requests and answers over real sockets.
#include "http/server.hpp"

#include <zlib.h>

#include "http/fixture.hpp"

namespace checklist::http {
namespace {
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;

std::string unzipped(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string in = text;
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  EXPECT_EQ(inflateEnd(&stream), Z_OK);
  return out;
}

TEST_F(ServerTest, AnswersAGet) {
  start();
  const Answer answer = get("/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello\n");
  EXPECT_THAT(answer.headers, Contains(Pair("content-type", "text/plain; charset=utf-8")));
  EXPECT_THAT(answer.headers, Contains(Pair("x-content-type-options", "nosniff")));
  EXPECT_THAT(answer.headers, Contains(Pair("cache-control", "no-store")));
}

TEST_F(ServerTest, HandsTheRequestOnDecoded) {
  start();
  (void)get("/a%20b?wait=3%30s&flag&wait=again", "If-None-Match: \"7\"\r\n");
  ASSERT_THAT(requests_, SizeIs(1));
  const Request& request = requests_[0];
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/a b");
  EXPECT_THAT(request.query,
              ::testing::UnorderedElementsAre(Pair("wait", "30s"), Pair("flag", "")));
  EXPECT_EQ(request.header("if-none-match"), "\"7\"");
  EXPECT_EQ(request.header("absent"), "");
  EXPECT_TRUE(request.peer.on_this_host);
  EXPECT_TRUE(request.peer.by_loopback);
  EXPECT_FALSE(request.peer.credentials);
}

TEST_F(ServerTest, SendsTheHeadersOfAHandler) {
  response_.headers = {{"ETag", "\"1\""}, {"Cache-Control", "no-cache"}};
  start();
  const Answer answer = get("/");
  EXPECT_THAT(answer.headers, Contains(Pair("etag", "\"1\"")));
  EXPECT_THAT(answer.headers, Contains(Pair("cache-control", "no-cache")));
}

TEST_F(ServerTest, AnswersHeadWithTheLengthAndNoBody) {
  start();
  Client client(loop_, address_);
  client.send(
      "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const Answer head = answer_to(client, false);
  EXPECT_EQ(head.status, 200);
  EXPECT_THAT(head.headers, Contains(Pair("content-length", "6")));
  EXPECT_EQ(answer_to(client).body, "hello\n") << "what follows is the next answer";
}

TEST_F(ServerTest, LeavesUnknownPathsToTheHandler) {
  start();
  EXPECT_EQ(get("/nowhere").status, 404);
}

TEST_F(ServerTest, RefusesEveryOtherMethod) {
  start();
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "get", "BREW"}) {
    Client client(loop_, address_);
    client.send(std::string(method) +
                " / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nx");
    const Answer answer = answer_to(client);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_THAT(answer.headers, Contains(Pair("allow", "GET, HEAD")));
    EXPECT_TRUE(until([&] { return client.closed(); })) << "the body is not waited for";
  }
  EXPECT_THAT(requests_, IsEmpty());
}

TEST_F(ServerTest, RefusesABody) {
  start();
  EXPECT_EQ(get("/", "Content-Length: 3\r\n").status, 413);
  EXPECT_EQ(get("/", "Transfer-Encoding: chunked\r\n").status, 413);
  EXPECT_EQ(get("/", "Content-Length: 0\r\n").status, 200);
}

TEST_F(ServerTest, RefusesAForeignHostOnLoopback) {
  start();
  const auto status = [this](const std::string& host) {
    Client client(loop_, address_);
    client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    return answer_to(client).status;
  };
  EXPECT_EQ(status("localhost:10558"), 200);
  EXPECT_EQ(status("127.0.0.1"), 200);
  EXPECT_EQ(status("evil.example:10558"), 421);
  EXPECT_EQ(status("192.0.2.1"), 421);
  EXPECT_EQ(status("localhost\r\nHost: evil.example"), 421);
  EXPECT_EQ(status("evil.example\r\nHost: localhost"), 421);
}

TEST_F(ServerTest, TakesAnyHostFromElsewhere) {
  options_.peer = [](int) { return Peer{}; };
  start();
  Client client(loop_, address_);
  client.send("GET / HTTP/1.1\r\nHost: box.example:10558\r\n\r\n");
  EXPECT_EQ(answer_to(client).status, 200);
}

TEST_F(ServerTest, TakesAnHttp10RequestWithoutHost) {
  start();
  Client client(loop_, address_);
  client.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(answer_to(client).body, "hello\n");
  EXPECT_TRUE(until([&] { return client.closed(); }));
}

TEST_F(ServerTest, KnowsWhoIsOnAUnixSocket) {
  std::vector<std::string> log;
  options_.log = [&log](const std::string& text) { log.push_back(text); };
  start();
  const auto address = server_->listen(UnixAddress{.path = directory_ / "http.sock", .mode = 0660});
  Client client(loop_, address);
  client.send("GET / HTTP/1.1\r\nHost: anything\r\n\r\n");
  EXPECT_EQ(answer_to(client).status, 200);
  ASSERT_THAT(requests_, SizeIs(1));
  ASSERT_TRUE(requests_[0].peer.credentials);
  EXPECT_EQ(requests_[0].peer.credentials->uid, ::getuid());
  EXPECT_EQ(requests_[0].peer.credentials->pid, static_cast<std::uint32_t>(::getpid()));
  EXPECT_THAT(requests_[0].peer.credentials->groups, Contains(::getegid()));
  EXPECT_TRUE(requests_[0].peer.on_this_host);
  EXPECT_THAT(log, IsEmpty()) << "TCP_NODELAY is no matter of a unix socket";
}

TEST_F(ServerTest, KeepsAConnectionForTheNextRequest) {
  start();
  Client client(loop_, address_);
  for (int i = 0; i < 3; ++i) {
    client.get("/");
    EXPECT_EQ(answer_to(client).body, "hello\n");
  }
  EXPECT_EQ(server_->connections(), 1U);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  Client client(loop_, address_);
  client.get("/");
  client.get("/wait");
  client.get("/nowhere");
  EXPECT_EQ(answer_to(client).status, 200);
  ASSERT_TRUE(until([&] { return waiting_.size() == 1; }));
  waiting_.front().answer(text_response(200, "later\n"));
  EXPECT_EQ(answer_to(client).body, "later\n");
  EXPECT_EQ(answer_to(client).status, 404);
}

TEST_F(ServerTest, ZipsForRemoteClientsThatAskForIt) {
  const std::string text(5000, 'a');
  response_ = text_response(200, text);
  options_.peer = [](int) { return Peer{}; };
  start();
  const Answer zipped = get("/", "Accept-Encoding: br, gzip\r\n");
  EXPECT_THAT(zipped.headers, Contains(Pair("content-encoding", "gzip")));
  EXPECT_THAT(zipped.headers, Contains(Pair("vary", "Accept-Encoding")));
  EXPECT_LT(zipped.body.size(), 500U);
  EXPECT_EQ(unzipped(zipped.body), text);
  EXPECT_EQ(get("/").body, text) << "not asked for";
  EXPECT_EQ(get("/", "Accept-Encoding: gzip;q=0\r\n").body, text) << "declined";
  response_.compression = Compression::never;
  EXPECT_EQ(get("/", "Accept-Encoding: gzip\r\n").body, text) << "not wanted by the handler";
}

TEST_F(ServerTest, DoesNotZipOnThisHost) {
  start();
  const Answer answer = get("/", "Accept-Encoding: gzip\r\n");
  EXPECT_THAT(answer.headers, Not(Contains(Pair("content-encoding", "gzip"))));
  EXPECT_EQ(answer.body, "hello\n");
}

TEST_F(ServerTest, SendsABigAnswerToASlowReader) {
  options_.answer_time = 60s;
  start();
  Client client(loop_, address_, 4096);
  client.get("/big");
  EXPECT_EQ(answer_to(client).body, std::string(big, 'x'));
}

TEST_F(ServerTest, SendsNoContentWithNotModified) {
  response_ = {.status = 304, .body = nullptr};
  start();
  Client client(loop_, address_);
  client.get("/");
  EXPECT_EQ(answer_to(client, false).status, 304);
  response_ = text_response(200, "next\n");
  client.get("/");
  EXPECT_EQ(answer_to(client).body, "next\n");
}

TEST_F(ServerTest, AnswersForAHandlerThatForgot) {
  start();
  EXPECT_EQ(get("/forget").status, 503);
}

TEST_F(ServerTest, LetsWhatAHandlerThrowsOutOfTheLoop) {
  start();
  Client client(loop_, address_);
  client.get("/throw");
  EXPECT_THROW((void)until([] { return false; }, 5s), std::runtime_error);
  EXPECT_EQ(get("/").status, 200) << "and is still in order";
}

TEST_F(ServerTest, LetsABadHeaderOutOfTheLoop) {
  response_.headers = {{"X-Split", "a\r\nb: c"}};
  start();
  Client client(loop_, address_);
  client.get("/");
  EXPECT_THROW((void)until([] { return false; }, 5s), std::system_error);
}
}  // namespace
}  // namespace checklist::http
