// SPDX-License-Identifier: MIT
// TLS on TCP addresses: certificates, versions, and their change while clients are connected.
#include <gmock/gmock.h>

#include "http/fixture.hpp"
#include "http/tls_client.hpp"

namespace checklist::http {
namespace {
using access::ClientAuth;
using access::TlsVersion;
using ::testing::HasSubstr;

class TlsTest : public ServerTest {
 protected:
  void protect(const access::TlsSettings& settings) {
    protection_.tls = std::make_shared<const access::Tls>(settings);
    server_->protect(protection_);
  }

  static access::TlsSettings with(const checklist::testing::Identity& identity) {
    return {.certificate = identity.certificate, .key = identity.key};
  }

  access::TlsSettings settings() { return with(authority_.issue({.dns_names = {"localhost"}})); }

  access::TlsSettings asking(ClientAuth auth) {
    access::TlsSettings out = settings();
    out.client_auth = auth;
    out.client_ca = authority_.certificate();
    return out;
  }

  Answer answer_to(TlsClient& client, bool has_body = true) {
    std::optional<Answer> answer;
    EXPECT_TRUE(until([&] { return (answer = client.answer(has_body)) || client.closed(); }));
    return answer.value_or(Answer{});
  }

  // Returns the status of an answer; 0 if the connection is refused.
  int status(const TlsOptions& options) {
    TlsClient client(loop_, address_, options);
    client.get("/");
    return answer_to(client).status;
  }

  int status_with(const checklist::testing::Identity& identity) {
    return status({.identity = identity});
  }

  checklist::testing::Authority authority_;
  checklist::testing::Authority stranger_{"stranger"};
  Protection protection_;
};

TEST_F(TlsTest, ServesAClientThatTrustsTheAuthority) {
  start();
  protect(settings());
  EXPECT_EQ(status({.authority = authority_.certificate()}), 200);
  EXPECT_EQ(status({.authority = stranger_.certificate()}), 0);
  EXPECT_TRUE(requests_.back().peer.by_loopback);
}

TEST_F(TlsTest, SendsALongAnswer) {
  start();
  protect(settings());
  TlsClient client(loop_, address_);
  client.get("/big");
  EXPECT_EQ(answer_to(client).body.size(), big);
}

TEST_F(TlsTest, ClosesAConnectionWithoutTls) {
  start();
  protect(settings());
  EXPECT_EQ(get("/").status, 0);
  EXPECT_TRUE(requests_.empty());
}

TEST_F(TlsTest, LeavesUnixSocketsAsTheyAre) {
  start();
  protect(asking(ClientAuth::RequireAndVerifyClientCert));
  address_ = server_->listen(UnixAddress{.path = directory_ / "http.sock"});
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(TlsTest, KeepsItsAnswersToForeignHostsAndMethods) {
  start();
  protect(settings());
  TlsClient client(loop_, address_);
  client.get("/", "Host: evil.example\r\n");
  EXPECT_EQ(answer_to(client).status, 421) << "a second header";
  TlsClient foreign(loop_, address_);
  foreign.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(answer_to(foreign).status, 421);
  TlsClient post(loop_, address_);
  post.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(answer_to(post).status, 405);
  TlsClient head(loop_, address_);
  head.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(answer_to(head, false).status, 200);
}

TEST_F(TlsTest, HoldsLongPolls) {
  start();
  protect(settings());
  TlsClient client(loop_, address_);
  client.get("/wait");
  ASSERT_TRUE(until([this] { return waiting_.size() == 1; }));
  waiting_.front().answer(text_response(200, "now\n"));
  EXPECT_EQ(answer_to(client).body, "now\n");
}

TEST_F(TlsTest, NoticesThatALongPollsClientLeft) {
  start();
  protect(settings());
  auto client = std::make_unique<TlsClient>(loop_, address_);
  client->get("/wait");
  ASSERT_TRUE(until([this] { return waiting_.size() == 1; }));
  client.reset();
  EXPECT_TRUE(until([this] { return gone_ == 1 && server_->connections() == 0; }));
}

TEST_F(TlsTest, ClosesAClientThatNeverShakesHands) {
  options_.request_time = 20ms;
  start();
  protect(settings());
  const Client silent(loop_, address_);
  EXPECT_TRUE(until([&] { return silent.closed(); }));
}

TEST_F(TlsTest, RequiresACertificateOfTheAuthority) {
  start();
  protect(asking(ClientAuth::RequireAndVerifyClientCert));
  EXPECT_EQ(status({}), 0);
  EXPECT_EQ(status_with(stranger_.issue()), 0);
  EXPECT_EQ(status_with(authority_.issue({.purpose = GNUTLS_KP_TLS_WWW_SERVER})), 0);
  EXPECT_TRUE(requests_.empty());
  EXPECT_EQ(status_with(authority_.issue({.purpose = GNUTLS_KP_TLS_WWW_CLIENT})), 200);
  EXPECT_EQ(status_with(authority_.issue()), 200);
}

TEST_F(TlsTest, RequiresItInEveryVersion) {
  start();
  protect(asking(ClientAuth::RequireAndVerifyClientCert));
  const std::string old = "NORMAL:-VERS-ALL:+VERS-TLS1.2";
  EXPECT_EQ(status({.priority = old}), 0);
  EXPECT_EQ(status({.identity = stranger_.issue(), .priority = old}), 0);
  EXPECT_EQ(status({.identity = authority_.issue(), .priority = old}), 200);
}

TEST_F(TlsTest, FollowsTheOtherPolicies) {
  start();
  protect(asking(ClientAuth::VerifyClientCertIfGiven));
  EXPECT_EQ(status({}), 200);
  EXPECT_EQ(status_with(stranger_.issue()), 0);
  EXPECT_EQ(status_with(authority_.issue()), 200);
  protect(asking(ClientAuth::RequireAnyClientCert));
  EXPECT_EQ(status({}), 0);
  EXPECT_EQ(status_with(stranger_.issue()), 200);
  protect(asking(ClientAuth::RequestClientCert));
  EXPECT_EQ(status({}), 200);
  EXPECT_EQ(status_with(stranger_.issue()), 200);
}

TEST_F(TlsTest, AllowsNamesOfClients) {
  start();
  auto rules = asking(ClientAuth::RequireAndVerifyClientCert);
  rules.client_allowed_sans = {"prometheus.example.org", "spiffe://example.org/prometheus"};
  protect(rules);
  EXPECT_EQ(status_with(authority_.issue({.dns_names = {"prometheus.example.org"}})), 200);
  EXPECT_EQ(status_with(authority_.issue({.uris = {"spiffe://example.org/prometheus"}})), 200);
  EXPECT_EQ(status_with(authority_.issue({.dns_names = {"grafana.example.org"}})), 0);
  EXPECT_EQ(status_with(stranger_.issue({.dns_names = {"prometheus.example.org"}})), 0);
  rules.client_allowed_sans = {"127.0.0.1"};
  protect(rules);
  EXPECT_EQ(status_with(authority_.issue()), 200);
  rules.client_allowed_sans.emplace();
  protect(rules);
  EXPECT_EQ(status_with(authority_.issue()), 0);
}

TEST_F(TlsTest, SpeaksThePermittedVersions) {
  start();
  auto rules = settings();
  rules.min_version = TlsVersion::TLS13;
  protect(rules);
  EXPECT_EQ(status({.priority = "NORMAL:-VERS-TLS1.3"}), 0);
  rules.min_version = rules.max_version = TlsVersion::TLS12;
  protect(rules);
  TlsClient client(loop_, address_);
  ASSERT_TRUE(until([&] { return client.is_connected() || client.closed(); }));
  EXPECT_EQ(client.version(), "TLS1.2");
}

TEST_F(TlsTest, RestrictsCipherSuitesUpToTls12Only) {
  start();
  auto rules = settings();
  rules.cipher_suites = {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"};
  protect(rules);
  const std::string old = "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL";
  EXPECT_EQ(status({.priority = old + ":+AES-128-GCM"}), 0);
  EXPECT_EQ(status({.priority = old + ":+AES-256-GCM"}), 200);
  TlsClient now(loop_, address_, {.priority = "NORMAL:-CIPHER-ALL:+AES-128-GCM"});
  ASSERT_TRUE(until([&] { return now.is_connected() || now.closed(); }));
  EXPECT_EQ(now.version() + " " + now.cipher(), "TLS1.3 AES-128-GCM");
}

TEST_F(TlsTest, ServesRsaKeysToo) {
  start();
  protect(with(authority_.issue({.algorithm = GNUTLS_PK_RSA})));
  EXPECT_EQ(status({}), 200);
  EXPECT_EQ(status({.priority = "NORMAL:-VERS-TLS1.3"}), 200);
}

TEST_F(TlsTest, ShowsANewCertificateToNewClientsAndKeepsTheOthers) {
  start();
  protect(settings());
  TlsClient before(loop_, address_);
  before.get("/");
  EXPECT_EQ(answer_to(before).status, 200);
  protect(settings());
  TlsClient after(loop_, address_);
  after.get("/");
  EXPECT_EQ(answer_to(after).status, 200);
  before.get("/");
  EXPECT_EQ(answer_to(before).status, 200);
  EXPECT_NE(before.peer(), after.peer());
}

TEST_F(TlsTest, AConnectionFromBeforeThereWasTlsIsRefused) {
  start();
  Client before(loop_, address_);
  before.get("/");
  EXPECT_EQ(ServerTest::answer_to(before).status, 200);
  protect(settings());
  before.get("/");
  EXPECT_EQ(ServerTest::answer_to(before).status, 400);
}

TEST_F(TlsTest, AddsHeadersThatAnAnswerLacks) {
  start();
  protection_.headers = {{"Strict-Transport-Security", "max-age=60"}, {"Cache-Control", "public"}};
  protect(settings());
  response_.headers = {{"cache-control", "private"}};
  TlsClient client(loop_, address_);
  client.get("/");
  const Answer answer = answer_to(client);
  EXPECT_EQ(answer.headers.at("strict-transport-security"), "max-age=60");
  EXPECT_EQ(answer.headers.at("cache-control"), "private");
}

TEST_F(TlsTest, EndsWhileClientsAreConnected) {
  start();
  protect(settings());
  TlsClient waiting(loop_, address_);
  waiting.get("/wait");
  ASSERT_TRUE(until([this] { return waiting_.size() == 1; }));
  server_.reset();
  EXPECT_EQ(answer_to(waiting).status, 503);
}
}  // namespace
}  // namespace checklist::http
