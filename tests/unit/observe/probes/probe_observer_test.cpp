// SPDX-License-Identifier: MIT
// Against real servers on loopback: what answers, and everything that does not.
#include "observe/probes/probe_observer.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>

#include "observe/scripted_server.hpp"
#include "observe/tls_server.hpp"
#include "support/open_files.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::listen_on;
using testing::listen_on_path;
using ::testing::Not;
using testing::Script;
using testing::ScriptedServer;

constexpr Duration patience = 10s;
constexpr Duration long_turn = 250ms;  // of the loop, on a machine that builds meanwhile

std::string http_answer(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

long peak_memory_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

class ProbeObserverTest : public ::testing::Test {
 protected:
  ScriptedServer& serve(Script& script) {
    return servers_.emplace_back(loop_, listen_on(SOCK_STREAM, "127.0.0.1"), script);
  }

  static ProbeKey asking(ProbeRequest request) {
    if (request.status.empty()) {
      request.status = {200};
    }
    return {.unit = "x.service",
            .settled = TimePoint::max(),
            .request = std::move(request),
            .pace = {.timeout = 2s, .interval = 1h, .failures = 1}};
  }

  static ProbeKey http(const ScriptedServer& server, const std::string& path = "/") {
    ProbeKey key = asking({});
    key.request.url = "http://127.0.0.1:" + server.port() + path;
    return key;
  }

  ProbeKey http(Script& script) { return http(serve(script)); }

  ProbeKey tcp(Script& script, std::string send, std::string expect) {
    ProbeKey key = asking({});
    key.request.tcp = "127.0.0.1:" + serve(script).port();
    key.request.send = std::move(send);
    key.request.expect = std::move(expect);
    return key;
  }

  Observed<Probe> verdict(const ProbeKey& key) {
    observer_.follow({key});
    EXPECT_TRUE(loop_.run_until([&] { return facts_.contains(key); }, patience));
    return facts_[key];
  }

  // "status 503", or the reason why it is unseen.
  std::string went(const ProbeKey& key) {
    const auto probe = verdict(key);
    if (!probe) {
      return "unseen " + probe.unseen().reason;
    }
    return std::string(text(probe->outcome)) +
           (probe->status != 0 ? " " + std::to_string(probe->status) : "");
  }

  testing::TemporaryDirectory directory_;
  event::Loop loop_;
  std::list<ScriptedServer> servers_;
  std::map<ProbeKey, Observed<Probe>> facts_;
  std::size_t puts_ = 0;
  ProbeObserver observer_{loop_,
                          [this](const ProbeKey& key, Observed<Probe> fact) {
                            facts_[key] = std::move(fact);
                            ++puts_;
                          },
                          directory_.path()};
};

TEST_F(ProbeObserverTest, IsUnknownWhileDescriptorsAreUsedUp) {
  Script ok{.text = http_answer("200 OK", "")};
  EXPECT_EQ(went(http(ok)), "passed 200") << "the loop has its own descriptors by now";
  const ProbeKey key = http(ok);
  const testing::OpenFiles none(testing::lowest_free_descriptor());
  EXPECT_EQ(went(key), "unseen resources");
}

TEST_F(ProbeObserverTest, PassesOnTheStatusAndBodyExpected) {
  Script ok{.text = http_answer("200 OK", R"({"status":"ok"})")};
  ProbeKey key = http(serve(ok), "/health?x=1");
  key.request.body = R"("status":"ok")";
  EXPECT_EQ(went(key), "passed 200");
  EXPECT_THAT(ok.received, HasSubstr("GET /health?x=1 HTTP/1.1\r\n"));
  EXPECT_EQ(observer_.durations().at("x.service").count, 1U);
}

TEST_F(ProbeObserverTest, FailsOnAnotherStatusOrBody) {
  Script loading{.text = http_answer("503 Service Unavailable", "ok")};
  EXPECT_EQ(went(http(loading)), "status 503");
  Script wrong{.text = http_answer("200 OK", "welcome")};
  ProbeKey key = http(wrong);
  key.request.body = "^ok$";
  EXPECT_EQ(went(key), "answer 200");
  Script empty{.text = http_answer("204 No Content", "")};
  ProbeKey either = http(empty);
  either.request.status = {200, 204};
  EXPECT_EQ(went(either), "passed 204");
}

TEST_F(ProbeObserverTest, FollowsNoRedirect) {
  Script elsewhere{.text = http_answer("200 OK", "")};
  Script redirect{.text = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" +
                          serve(elsewhere).port() + "/\r\nContent-Length: 0\r\n\r\n"};
  EXPECT_EQ(went(http(redirect)), "status 302");
  EXPECT_EQ(elsewhere.connections, 0U);
}

TEST_F(ProbeObserverTest, GoesThroughNoProxy) {
  Script proxy{.text = http_answer("200 OK", "")};
  ::setenv("http_proxy", ("http://127.0.0.1:" + serve(proxy).port()).c_str(), 1);
  Script direct{.text = http_answer("204 No Content", "")};
  EXPECT_EQ(went(http(direct)), "status 204");
  ::unsetenv("http_proxy");
  EXPECT_EQ(proxy.connections, 0U);
}

TEST_F(ProbeObserverTest, TellsRefusedFromClosedFromNoHttp) {
  ProbeKey key = asking({});
  {
    const auto gone = listen_on(SOCK_STREAM, "127.0.0.1");
    key.request.url = "http://127.0.0.1:" + std::to_string(gone.port) + "/";
  }
  EXPECT_EQ(went(key), "refused");
  Script mute{};
  EXPECT_EQ(went(http(mute)), "closed");
  Script cut{.text = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"};
  EXPECT_EQ(went(http(cut)), "closed");
  Script ssh{.text = "SSH-2.0-OpenSSH_9.2\r\n"};
  EXPECT_EQ(went(http(ssh)), "protocol");
}

TEST_F(ProbeObserverTest, GivesUpOnWhatHangsAtTheDeadline) {
  Script hangs{.stays = true};
  Script drips{.text = http_answer("200 OK", "ok"), .between = 20ms};
  Script body_drips{.text = http_answer("200 OK", std::string(1000, 'x')), .between = 5ms};
  for (Script* script : {&hangs, &drips, &body_drips}) {
    ProbeKey key = http(*script);
    key.pace.timeout = 300ms;
    const TimePoint began = loop_.now();
    (void)loop_.take_longest_turn();
    EXPECT_EQ(went(key), "timeout");
    EXPECT_GE(loop_.now() - began, 300ms);
    EXPECT_LT(loop_.now() - began, 1500ms);
    EXPECT_LT(loop_.take_longest_turn(), long_turn);
  }
}

TEST_F(ProbeObserverTest, ReadsNoMoreOfAGigabyteThanItKeeps) {
  constexpr std::size_t kilo = 1024;
  Script body{.text = std::string(64 * kilo, 'x'), .times = 16 * kilo};
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n";
  body.text.replace(0, head.size(), head);
  Script headers{.text = "HTTP/1.1 200 OK\r\n" + std::string(16 * kilo, 'h'), .times = 64 * kilo};
  Script lines{.text = "HTTP/1.1 100 Continue\r\n\r\n", .times = 42 * kilo * kilo};
  Script raw{.text = std::string(64 * kilo, 'x'), .times = 16 * kilo, .speaks_first = true};
  const std::vector<std::pair<ProbeKey, std::string>> cases{{http(body), "passed 200"},
                                                            {http(headers), "protocol"},
                                                            {http(lines), "protocol"},
                                                            {tcp(raw, "", "PONG"), "answer"}};
  const long before = peak_memory_kib();
  (void)loop_.take_longest_turn();
  for (const auto& [key, outcome] : cases) {
    EXPECT_EQ(went(key), outcome);
  }
  EXPECT_LT(peak_memory_kib() - before, 8 * 1024) << "KiB";
  EXPECT_LT(loop_.take_longest_turn(), long_turn);
  constexpr std::size_t in_sockets = 16 * kilo * kilo;  // what the kernel takes off the server
  for (const Script* script : {&body, &headers, &lines, &raw}) {
    EXPECT_LT(script->sent, in_sockets);
  }
}

TEST_F(ProbeObserverTest, JudgesTheBeginningOfALongBody) {
  Script found{.text = "HTTP/1.1 200 OK\r\n\r\nok" + std::string(100'000, 'x')};
  ProbeKey key = http(found);
  key.request.body = "^ok";
  EXPECT_EQ(went(key), "passed 200");
  Script late{.text = "HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x') + "ok"};
  key = http(late);
  key.request.body = "ok";
  EXPECT_EQ(went(key), "answer 200");
}

TEST_F(ProbeObserverTest, SendsAndExpectsOverTcpAndUnixSockets) {
  const std::string ping("zPING\0", 6);
  const std::string pong("PONG\0", 5);
  Script clamd{.text = pong, .stays = true};
  EXPECT_EQ(went(tcp(clamd, ping, "PONG")), "passed");
  EXPECT_EQ(clamd.received, ping);
  const std::string path = directory_.path() / "clamd.ctl";
  Script local{.text = pong};
  servers_.emplace_back(loop_, listen_on_path(SOCK_STREAM, path), local);
  ProbeKey key = asking({});
  key.request.unix_socket = path;
  key.request.send = ping;
  key.request.expect = "PONG";
  EXPECT_EQ(went(key), "passed");
  EXPECT_EQ(local.received, ping);
}

TEST_F(ProbeObserverTest, TellsHowADialogueWentWrong) {
  Script wrong{.text = "UNKNOWN COMMAND"};
  EXPECT_EQ(went(tcp(wrong, "zPING", "PONG")), "answer");
  Script mute{};
  EXPECT_EQ(went(tcp(mute, "zPING", "PONG")), "closed");
  Script hangs{.stays = true};
  ProbeKey key = tcp(hangs, "zPING", "PONG");
  key.pace.timeout = 200ms;
  EXPECT_EQ(went(key), "timeout");
  Script drips{.text = std::string(1000, 'x'), .between = 5ms};
  key = tcp(drips, "zPING", "PONG");
  key.pace.timeout = 200ms;
  EXPECT_EQ(went(key), "timeout");
  Script banner{.text = "220 ready", .between = 1ms, .stays = true, .speaks_first = true};
  EXPECT_EQ(went(tcp(banner, "", "220 ready")), "passed") << "in pieces";
  key = asking({});
  key.request.unix_socket = directory_.path() / "none";
  EXPECT_EQ(went(key), "refused");
  key.request.tcp = "127.0.0.1:1";
  key.request.unix_socket = {};
  EXPECT_EQ(went(key), "refused");
}

TEST_F(ProbeObserverTest, TakesAConnectionAloneForAnAnswerWhenNothingIsExpected) {
  Script any{.stays = true};
  EXPECT_EQ(went(tcp(any, "", "")), "passed");
  EXPECT_EQ(went(tcp(any, "hello", "")), "passed");
}

TEST_F(ProbeObserverTest, LeavesNoDescriptorOpen) {
  Script ok{.text = http_answer("200 OK", "")};
  Script clamd{.text = "PONG", .stays = true};
  const std::vector<ProbeKey> keys{http(ok), tcp(clamd, "PING", "PONG"), tcp(clamd, "PING", "NO")};
  const auto open_now = [] {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  };
  std::ptrdiff_t settled = 0;
  for (int round = 0; round < 5; ++round) {
    for (ProbeKey key : keys) {
      key.settled = TimePoint{std::chrono::hours{round}};
      key.pace.timeout = 50ms;
      (void)verdict(key);
    }
    observer_.follow({});
    // The servers hear of it a turn later.
    (void)loop_.run_until([&] { return open_now() <= settled; }, 100ms);
    settled = round == 0 ? open_now() : settled;
  }
  EXPECT_LE(open_now(), settled);
}

TEST_F(ProbeObserverTest, TellsAUnixSocketOnWhichNobodyAccepts) {
  const std::string path = directory_.path() / "full";
  const auto full = testing::bind_path(SOCK_STREAM, path);
  ASSERT_EQ(::listen(full.fd, 0), 0);
  const testing::BoundSocket first(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0));
  sockaddr_un name{.sun_family = AF_UNIX, .sun_path = {}};
  path.copy(name.sun_path, sizeof(name.sun_path) - 1);
  ASSERT_EQ(::connect(first.fd, reinterpret_cast<sockaddr*>(&name), sizeof(name)), 0);
  ProbeKey key = asking({});
  key.request.unix_socket = path;
  key.pace.timeout = 300ms;
  key.request.send = "zPING";
  key.request.expect = "PONG";
  EXPECT_NE(went(key), "passed");
  key.request.send = {};
  key.request.expect = {};
  EXPECT_NE(went(key), "passed") << "it only seems to be connected";
}

TEST_F(ProbeObserverTest, SpeaksHttpOverAUnixSocket) {
  const std::string path = directory_.path() / "docker.sock";
  Script docker{.text = http_answer("200 OK", "OK")};
  servers_.emplace_back(loop_, listen_on_path(SOCK_STREAM, path), docker);
  ProbeKey key = asking({});
  key.request.url = "http://localhost/_ping";
  key.request.unix_socket = path;
  EXPECT_EQ(went(key), "passed 200");
  EXPECT_THAT(docker.received, HasSubstr("Host: localhost\r\n"));
}

TEST_F(ProbeObserverTest, TrustsNoTlsThatIsNone) {
  Script plain{.text = http_answer("400 Bad Request", "")};
  ProbeKey key = http(plain);
  key.request.url.replace(0, 4, "https");
  const auto probe = verdict(key);
  ASSERT_TRUE(probe);
  EXPECT_EQ(probe->outcome, ProbeOutcome::tls);
  EXPECT_FALSE(probe->note.empty());
}

TEST_F(ProbeObserverTest, TrustsTheCertificateThatItIsTold) {
  const testing::TlsServer server("IP:127.0.0.1");
  ProbeKey key = asking({});
  key.request.url = server.url();
  const auto unknown = verdict(key);
  ASSERT_TRUE(unknown);
  EXPECT_EQ(unknown->outcome, ProbeOutcome::tls);
  EXPECT_THAT(unknown->note, HasSubstr("certificate"));
  key.request.ca = server.certificate();
  EXPECT_EQ(went(key), "passed 200");
  key.request.ca = directory_.path() / "none.pem";
  EXPECT_EQ(went(key), "unseen permission");
}

TEST_F(ProbeObserverTest, ReadsTheCertificateThatItIsToldForEachProbe) {
  ProbeKey key = asking({});
  key.request.ca = directory_.path() / "renewed.pem";
  for (int i = 0; i < 2; ++i) {
    const testing::TlsServer server("IP:127.0.0.1");
    std::filesystem::copy_file(server.certificate(), key.request.ca,
                               std::filesystem::copy_options::overwrite_existing);
    key.request.url = server.url();
    EXPECT_EQ(went(key), "passed 200");
  }
}

TEST_F(ProbeObserverTest, TrustsNoCertificateOfAnotherName) {
  const testing::TlsServer server("DNS:elsewhere.example");
  ProbeKey key = asking({});
  key.request.url = server.url();
  key.request.ca = server.certificate();
  EXPECT_EQ(went(key), "tls");
  key.request.verify = false;
  EXPECT_EQ(went(key), "passed 200") << "asked not to look";
}

TEST_F(ProbeObserverTest, TellsWhenTheCertificateExpires) {
  const testing::TlsServer server("IP:127.0.0.1");
  ProbeKey key = asking({});
  key.request.url = server.url();
  key.request.verify = false;
  const auto seen = verdict(key);
  ASSERT_TRUE(seen);
  ASSERT_TRUE(seen->certificate_expires) << "with OpenSSL and with GnuTLS";
  EXPECT_LT(*seen->certificate_expires, std::chrono::system_clock::now() + 48h);
  EXPECT_GT(*seen->certificate_expires, std::chrono::system_clock::now() + 47h);
}

TEST_F(ProbeObserverTest, IsUnseenWhereANameCannotBeResolved) {
  ProbeKey key = asking({});
  key.request.url = "http://nowhere.invalid/";
  const std::string how = went(key);
  EXPECT_TRUE(how == "unseen name" || how == "timeout") << how;
}

TEST_F(ProbeObserverTest, SendsSecretsOnlyToTheServer) {
  std::ofstream(directory_.path() / "token") << "Bearer planted-secret\n";
  Script forbids{.text = http_answer("403 Forbidden", "planted-body")};
  ProbeKey key = http(forbids);
  key.request.headers = {{"Authorization", {HeaderSource::credential, "token"}}};
  const auto probe = verdict(key);
  ASSERT_TRUE(probe);
  EXPECT_EQ(probe->outcome, ProbeOutcome::status);
  EXPECT_THAT(probe->note, ::testing::IsEmpty());
  EXPECT_THAT(forbids.received, HasSubstr("Authorization: Bearer planted-secret\r\n"));
  key.request.headers = {{"Authorization", {HeaderSource::credential, "none"}}};
  EXPECT_EQ(went(key), "unseen header");
  EXPECT_EQ(forbids.connections, 1U) << "it is not asked without the header";
}

TEST_F(ProbeObserverTest, PutsAFailureOnlyAfterSoManyInARow) {
  Script loading{.text = http_answer("503 Service Unavailable", "")};
  ProbeKey key = http(loading);
  key.pace.failures = 3;
  EXPECT_EQ(went(key), "status 503");
  EXPECT_EQ(loading.connections, 3U);
  EXPECT_EQ(puts_, 1U);
  loading.text = http_answer("200 OK", "");
  EXPECT_TRUE(loop_.run_until(
      [&] { return facts_[key] && facts_[key]->outcome == ProbeOutcome::passed; }, patience))
      << "soon, because the service still settles";
}

TEST_F(ProbeObserverTest, EndsAProbeNobodyAsksForAnyMore) {
  Script hangs{.stays = true};
  const ProbeKey key = http(hangs);
  observer_.follow({key});
  ASSERT_TRUE(loop_.run_until([&] { return !hangs.received.empty(); }, patience));
  observer_.follow({});
  Script ok{.text = http_answer("200 OK", "")};
  EXPECT_EQ(went(http(ok)), "passed 200");
  EXPECT_FALSE(facts_.contains(key));
  EXPECT_EQ(hangs.connections, 1U);
}

TEST_F(ProbeObserverTest, IsNotHeldUpByTargetsThatHang) {
  Script hangs{.stays = true};
  Script ok{.text = http_answer("200 OK", "")};
  const ScriptedServer& deaf = serve(hangs);
  std::set<ProbeKey> keys;
  for (std::size_t i = 1; i < ProbeObserver::most_at_once; ++i) {
    keys.insert(http(deaf, "/" + std::to_string(i)));
  }
  observer_.follow(keys);
  ASSERT_TRUE(loop_.run_until([&] { return hangs.connections + 1 == ProbeObserver::most_at_once; },
                              patience));
  const ProbeKey good = http(ok);
  keys.insert(good);
  const TimePoint began = loop_.now();
  observer_.follow(keys);
  ASSERT_TRUE(loop_.run_until([&] { return facts_.contains(good); }, patience));
  EXPECT_LT(loop_.now() - began, 1s) << "the others take two";
}

TEST_F(ProbeObserverTest, ProbesSoManyAtOnceAndTheOthersAfterThem) {
  Script hangs{.stays = true};
  const ScriptedServer& deaf = serve(hangs);
  std::set<ProbeKey> keys;
  for (std::size_t i = 0; i < ProbeObserver::most_at_once + 10; ++i) {
    ProbeKey key = http(deaf, "/" + std::to_string(i));
    key.pace.timeout = 500ms;
    key.settled = {};  // so that none is repeated meanwhile
    keys.insert(key);
  }
  observer_.follow(keys);
  ASSERT_TRUE(loop_.run_until([&] { return facts_.size() == keys.size(); }, patience));
  EXPECT_EQ(hangs.connections, keys.size());
}
}  // namespace
}  // namespace checklist::observe
