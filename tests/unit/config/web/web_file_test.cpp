// SPDX-License-Identifier: MIT
// A corpus of web config files. `NAME.good.yml` is accepted, as by promtool; `NAME.bad.yml` is
// refused by both, `NAME.stricter.yml` here alone, with a problem that its last line tells.
// tests/system/suites/test_web_config.py asks promtool itself.
#include "config/web/web_file.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "support/certificates.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::config {
namespace {
namespace fs = std::filesystem;
using checklist::testing::Authority;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

std::string content(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

class WebFileTest : public ::testing::Test {
 protected:
  WebFileTest() {
    const Authority authority;
    const auto server = authority.issue();
    const auto other = authority.issue();
    write("server.crt", server.certificate);
    write("server.key", server.key);
    write("chain.crt", server.certificate + authority.certificate());
    write("both.pem", server.key + server.certificate);
    write("keys/server.crt", server.certificate);
    write("keys/server.key", server.key);
    write("other.key", other.key);
    write("ca.crt", authority.certificate());
    write("junk.pem", "junk\n");
  }

  void write(const fs::path& name, const std::string& text) {
    fs::create_directories((directory_ / name).parent_path());
    std::ofstream(directory_ / name) << text;
  }

  WebConfig load(const std::string& text) {
    write("web.yml", text);
    problems_.clear();
    WebConfig out = load_web(directory_ / "web.yml", problems_);
    texts_.clear();
    for (const Problem& problem : problems_) {
      texts_ += config::text(problem).substr(directory_.string().size() + 1) + "\n";
    }
    return out;
  }

  const testing::TemporaryDirectory temporary_;
  const fs::path directory_ = temporary_.path();
  std::vector<Problem> problems_;
  std::string texts_;
};

TEST_F(WebFileTest, JudgesTheCorpus) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(SOURCE_DIR "/tests/unit/config/web/corpus")) {
    const std::string text = content(entry.path());
    const std::string name = entry.path().filename();
    (void)load(text);
    ++count;
    if (name.ends_with(".good.yml")) {
      EXPECT_EQ(texts_, "") << name;
      continue;
    }
    constexpr std::string_view marker = "# expected: ";
    const auto at = text.rfind(marker);
    ASSERT_NE(at, std::string::npos) << name;
    const std::string expected =
        text.substr(at + marker.size(), text.size() - at - marker.size() - 1);
    EXPECT_THAT(texts_, HasSubstr(expected)) << name;
  }
  EXPECT_GT(count, 80U);
}

TEST_F(WebFileTest, ReportsEveryErrorInTheOrderOfTheFile) {
  (void)load("rate_limit: {burst: x}\nbasic_auth_users: {a: b}\nhttp_server_config: {http2: 3}\n");
  ASSERT_EQ(problems_.size(), 3U);
  EXPECT_EQ(problems_[0].pointer, "/rate_limit/burst");
  EXPECT_EQ(problems_[1].pointer, "/basic_auth_users/a");
  EXPECT_EQ(problems_[2].pointer, "/http_server_config/http2");
}

TEST_F(WebFileTest, NeverQuotesASecret) {
  (void)load(
      "basic_auth_users:\n  a: hunter2\n  b: [hunter2]\ntls_server_config:\n  key: hunter2\n"
      "  cert_file: server.crt\n");
  EXPECT_THAT(texts_, Not(HasSubstr("hunter2")));
  EXPECT_EQ(problems_.size(), 2U);
  (void)load("tls_server_config:\n  key: hunter2\n  cert_file: server.crt\n");
  EXPECT_THAT(texts_, HasSubstr("/tls_server_config/key: expected a private key"));
  EXPECT_THAT(texts_, Not(HasSubstr("hunter2")));
}

TEST_F(WebFileTest, SaysWhatIsToBeDone) {
  const WebConfig found = load(R"(
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: ca.crt
  client_allowed_sans: [prometheus]
  min_version: TLS13
http_server_config:
  headers: {X-Frame-Options: deny, Content-Security-Policy: ""}
rate_limit: {interval: 1m30s, burst: 0x10}
)");
  EXPECT_EQ(texts_, "");
  ASSERT_TRUE(found.tls);
  EXPECT_EQ(found.tls->certificate, content(directory_ / "server.crt"));
  EXPECT_EQ(found.tls->client_auth, access::ClientAuth::RequireAndVerifyClientCert);
  EXPECT_THAT(*found.tls->client_allowed_sans, ElementsAre("prometheus"));
  EXPECT_EQ(found.tls->min_version, access::TlsVersion::TLS13);
  EXPECT_THAT(found.headers, ElementsAre(Pair("X-Frame-Options", "deny")));
  EXPECT_EQ(found.rate_limit, (RateLimit{.interval = std::chrono::seconds{90}, .burst = 16}));
  EXPECT_THAT(found.files, ElementsAre(directory_ / "web.yml", directory_ / "server.crt",
                                       directory_ / "server.key", directory_ / "ca.crt"));
}

TEST_F(WebFileTest, TakesCertificatesAsText) {
  const auto indented = [this](const char* name) {
    std::string out = content(directory_ / name);
    for (std::size_t at = 0; (at = out.find('\n', at)) != std::string::npos; at += 5) {
      out.replace(at, 1, "\n    ");
    }
    return "|\n    " + out + "\n";
  };
  const WebConfig found = load("tls_server_config:\n  cert: " + indented("server.crt") +
                               "  key: " + indented("server.key"));
  EXPECT_EQ(texts_, "");
  EXPECT_TRUE(found.tls);
}

TEST_F(WebFileTest, NamesFilesThatCannotBeReadForATryLater) {
  const WebConfig found = load("tls_server_config: {cert_file: a.crt, key_file: /b.key}\n");
  EXPECT_THAT(found.files, ElementsAre(directory_ / "web.yml", directory_ / "a.crt", "/b.key"));
  std::vector<Problem> problems;
  EXPECT_THAT(load_web("/nonexistent/web.yml", problems).files,
              ElementsAre("/nonexistent/web.yml"));
  EXPECT_EQ(problems.size(), 1U);
}

TEST_F(WebFileTest, IsBounded) {
  (void)load(std::string(2 << 20, ' '));
  EXPECT_THAT(texts_, HasSubstr("larger than 1 MiB"));
  (void)load(std::string(100'000, '['));
  EXPECT_THAT(texts_, HasSubstr("is not valid YAML"));
  (void)load("a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nbasic_auth_users: *c\n");
  EXPECT_THAT(texts_, HasSubstr("/basic_auth_users: expected a map"));
}
}  // namespace
}  // namespace checklist::config
