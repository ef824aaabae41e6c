// SPDX-License-Identifier: MIT
// The web config file while the server runs: what a client meets after each change of it.
#include "daemon/protector.hpp"

#include <fstream>

#include <gmock/gmock.h>

#include "http/fixture.hpp"
#include "http/tls_client.hpp"

namespace checklist::daemon {
namespace {
namespace fs = std::filesystem;
using checklist::testing::Authority;
using checklist::testing::Identity;
using http::Answer;

constexpr auto tls = "tls_server_config: {cert_file: server.crt, key_file: server.key}\n";
constexpr auto users =
    "basic_auth_users: {prometheus: "
    "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW}\n";
constexpr auto login = "Authorization: Basic cHJvbWV0aGV1czpzZWNyZXQ=\r\n";  // prometheus:secret

class ProtectorTest : public http::ServerTest {
 protected:
  ProtectorTest() {
    write_identity(authority_.issue());
    options_.refresh = [this] { protector_->refresh(); };
    start();
    protector_.emplace(*server_);
  }

  // As editors and certificate managers do it.
  void write(const std::string& name, const std::string& text) {
    std::ofstream(directory_ / "new") << text;
    fs::rename(directory_ / "new", directory_ / name);
  }

  void write_identity(const Identity& identity) {
    write("server.key", identity.key);
    write("server.crt", identity.certificate);
  }

  void begin(const std::string& text) {
    write("web.yml", text);
    std::vector<config::Problem> problems;
    protector_->begin(config::load_web(directory_ / "web.yml", problems));
    ASSERT_TRUE(problems.empty());
  }

  // Returns the status of an answer over TLS; 0 if there is none.
  int status(const std::string& headers = "") {
    http::TlsClient client(loop_, address_, {.authority = authority_.certificate()});
    client.get("/", headers);
    std::optional<Answer> answer;
    EXPECT_TRUE(until([&] { return (answer = client.answer()) || client.closed(); }));
    return answer.value_or(Answer{}).status;
  }

  Authority authority_;
  std::optional<Protector> protector_;
};

TEST_F(ProtectorTest, DoesNothingWithoutAFile) {
  protector_->begin({});
  EXPECT_EQ(get("/").status, 200);
  EXPECT_TRUE(protector_->ok());
}

TEST_F(ProtectorTest, ProtectsFromTheStart) {
  begin(std::string(tls) + users);
  EXPECT_EQ(get("/").status, 0);
  EXPECT_EQ(status(), 401);
  EXPECT_EQ(status(login), 200);
}

TEST_F(ProtectorTest, FollowsACertificateThatIsReplaced) {
  begin(tls);
  EXPECT_EQ(status(), 200);
  authority_ = Authority("another");
  EXPECT_EQ(status(), 0);
  write_identity(authority_.issue());
  EXPECT_EQ(status(), 200);
  EXPECT_TRUE(protector_->ok());
}

TEST_F(ProtectorTest, WaitsForTheKeyOfANewCertificate) {
  begin(tls);
  const Identity next = authority_.issue();
  write("server.crt", next.certificate);
  EXPECT_EQ(status(), 200);
  EXPECT_FALSE(protector_->ok());
  write("server.key", next.key);
  EXPECT_EQ(status(), 200);
  EXPECT_TRUE(protector_->ok());
}

TEST_F(ProtectorTest, FollowsUsersOnAnOpenConnection) {
  begin("http_server_config: {headers: {X-Frame-Options: deny}}\n");
  http::Client client(loop_, address_);
  client.get("/");
  EXPECT_EQ(answer_to(client).headers.at("x-frame-options"), "deny");
  write("web.yml", users);
  client.get("/");
  EXPECT_EQ(answer_to(client).status, 401);
}

TEST_F(ProtectorTest, KeepsTheProtectionInForceIfTheFileHasErrors) {
  begin(std::string(tls) + users);
  for (const char* bad : {"junk", "tls_server_config: {cert_file: nothing}"}) {
    write("web.yml", bad);
    EXPECT_EQ(status(login), 200);
    EXPECT_EQ(status(), 401);
    EXPECT_FALSE(protector_->ok());
  }
  fs::remove(directory_ / "web.yml");
  EXPECT_EQ(status(), 401);
  EXPECT_FALSE(protector_->ok());
  write("web.yml", std::string(tls) + users);
  EXPECT_EQ(status(login), 200);
  EXPECT_TRUE(protector_->ok());
}

TEST_F(ProtectorTest, IsNotTurnedOffByARereadFile) {
  begin(std::string(tls) + users);
  for (const char* weaker : {"", tls, users}) {
    write("web.yml", weaker);
    EXPECT_EQ(status(), 401);
    EXPECT_FALSE(protector_->ok());
  }
  protector_->reload("");
  EXPECT_EQ(status(), 401);
  EXPECT_FALSE(protector_->ok());
}

TEST_F(ProtectorTest, IsTurnedOnByAReload) {
  protector_->begin({});
  write("web.yml", tls);
  EXPECT_EQ(get("/").status, 200);
  protector_->reload(directory_ / "web.yml");
  EXPECT_EQ(status(), 200);
  write("other.yml", std::string(tls) + users);
  protector_->reload(directory_ / "other.yml");
  EXPECT_EQ(status(), 401);
}
}  // namespace
}  // namespace checklist::daemon
