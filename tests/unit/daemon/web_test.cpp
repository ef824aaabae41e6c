// SPDX-License-Identifier: MIT
// The daemon's HTTP paths, through a server on a loopback port.
#include "daemon/web.hpp"

#include <list>

#include <gmock/gmock.h>

#include "http/client.hpp"
#include "render/reports.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;
using http::Answer;
using http::Client;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class WebTest : public ::testing::Test {
 protected:
  void publish(std::uint64_t generation = 7) {
    Report report = checklist::testing::sample();
    report.generation = generation;
    web_.publish(std::make_shared<const Report>(std::move(report)));
  }

  Answer answer_to(Client& client, bool has_body = true) {
    std::optional<Answer> answer;
    EXPECT_TRUE(loop_.run_until(
        [&] { return (answer = client.answer(has_body)) || client.closed(); }, 30s));
    return answer.value_or(Answer{});
  }

  Answer get(const std::string& target, const std::string& headers = "") {
    Client client(loop_, address_);
    client.get(target, headers);
    return answer_to(client);
  }

  Client& waiter(const std::string& target, const std::string& headers) {
    const auto before = web_.server().long_polls();
    Client& client = clients_.emplace_back(loop_, address_);
    client.get(target, headers);
    EXPECT_TRUE(loop_.run_until([&] { return web_.server().long_polls() > before; }, 30s));
    return client;
  }

  event::Loop loop_;
  Web web_{loop_, [] { return render::Figures{.version = "1.2.3", .config_loaded = {}}; },
           [] { return render::About{.host = "gpu1", .version = "1.2.3"}; }};
  http::Endpoint address_ = web_.server().listen(http::TcpAddress{.host = "127.0.0.1", .port = 0});
  std::list<Client> clients_;
};

TEST_F(WebTest, NamesTheHostOnThePageAndInTheReport) {
  publish();
  EXPECT_THAT(get("/").body, HasSubstr("<h1>gpu1 "));
  EXPECT_THAT(get("/api/v1/report").body, StartsWith(R"({"host_name":"gpu1","version":"1.2.3",)"));
}

TEST_F(WebTest, ServesThePageOfACheck) {
  publish();
  const Answer found = get("/explain/port_bindings");
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("<h1>port_bindings</h1>"));
  EXPECT_EQ(get("/explain/no_such_check").status, 404);
  EXPECT_EQ(get("/explain/").status, 404);
}

TEST_F(WebTest, ServesThePageOfAUnitAndKeepsItCurrent) {
  publish(7);
  const Answer found = get("/unit/llamacpp.service");
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("<h1>llamacpp.service "));
  EXPECT_EQ(get("/unit/jupyter.service?manager=user:dev").status, 200);
  EXPECT_EQ(get("/unit/host").status, 200);
  Client& page = waiter("/unit/llamacpp.service?wait=60s",
                        "If-None-Match: " + found.headers.at("etag") + "\r\n");
  publish(8);
  EXPECT_THAT(answer_to(page).body, HasSubstr("<h1>llamacpp.service "));
  for (const char* path : {"/unit/", "/unit/no.service", "/unit/jupyter.service"}) {
    EXPECT_EQ(get(path).status, 404) << path;
    EXPECT_EQ(get(path).body, "no such unit\n") << path;
  }
}

TEST_F(WebTest, IsHealthyAtOnceAndReadyWhenTheDaemonIs) {
  EXPECT_EQ(get("/-/healthy").status, 200);
  EXPECT_EQ(get("/-/healthy").body, "healthy\n");
  EXPECT_EQ(get("/-/ready").status, 503);
  EXPECT_EQ(get("/-/ready").body, "not ready\n");
  web_.set_ready();
  EXPECT_EQ(get("/-/ready").status, 200);
  EXPECT_EQ(get("/-/ready").body, "ready\n");
}

TEST_F(WebTest, HasNoReportBeforeTheFirst) {
  for (const char* path : {"/", "/metrics", "/api/v1/report", "/unit/x.service"}) {
    EXPECT_EQ(get(path).status, 503) << path;
    EXPECT_EQ(get(path).body, "no report yet\n") << path;
  }
}

TEST_F(WebTest, NamesItsPathsWhenAskedForAnother) {
  publish();
  for (const char* path : {"/metric", "/api", "/api/v1/report/", "//"}) {
    const Answer answer = get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body,
              "not found; available: /, /metrics, /api/v1/report, /unit/NAME, /explain/CHECK, "
              "/-/healthy, /-/ready\n");
  }
}

TEST_F(WebTest, ServesTheReportAsPageMetricsAndJson) {
  publish();
  const Answer page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_THAT(page.headers.at("content-security-policy"), StartsWith("default-src 'none'"));
  EXPECT_THAT(page.body, HasSubstr("llamacpp.service"));
  const Answer metrics = get("/metrics");
  EXPECT_EQ(metrics.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(metrics.body, HasSubstr("checklist_build_info{version=\"1.2.3\"} 1"));
  const Answer json = get("/api/v1/report");
  EXPECT_EQ(json.headers.at("content-type"), "application/json");
  EXPECT_EQ(render::parse_report(json.body).generation, 7U);
}

TEST_F(WebTest, ServesWhatThePagesLoadAndSaysWhenItIsUnchanged) {
  const Answer style = get("/style.css");  // also before the first report
  EXPECT_EQ(style.status, 200);
  EXPECT_EQ(style.headers.at("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(style.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(get("/script.js").headers.at("content-type"), "text/javascript; charset=utf-8");
  Client client(loop_, address_);
  client.get("/style.css", "If-None-Match: " + style.headers.at("etag") + "\r\n");
  EXPECT_EQ(answer_to(client, false).status, 304);
}

TEST_F(WebTest, ServesThePageOfTheLatestReport) {
  publish(7);
  const Answer first = get("/");
  EXPECT_EQ(get("/").body, first.body);
  publish(8);
  EXPECT_NE(get("/").body, first.body) << "it has another tag";
}

TEST_F(WebTest, RefusesToBeWrittenTo) {
  publish();
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS"}) {
    Client client(loop_, address_);
    client.send(std::string(method) + " /api/v1/report HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const Answer answer = answer_to(client);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD");
  }
}

TEST_F(WebTest, AnswersHeadWithoutABody) {
  publish();
  Client client(loop_, address_);
  client.send("HEAD /api/v1/report HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const Answer answer = answer_to(client, false);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.headers.at("etag"), get("/api/v1/report").headers.at("etag"));
}

TEST_F(WebTest, AnswersNotModifiedToAnyFormOfTheCurrentEtag) {
  publish();
  for (const char* path : {"/", "/api/v1/report"}) {
    const std::string etag = get(path).headers.at("etag");
    for (const std::string& value :
         {etag, "W/" + etag, "\"other\", " + etag, etag + " , \"other\"", std::string("*")}) {
      const Answer answer = get(path, "If-None-Match: " + value + "\r\n");
      EXPECT_EQ(answer.status, 304) << path << " " << value;
      EXPECT_EQ(answer.headers.at("etag"), etag);
      EXPECT_THAT(answer.body, IsEmpty());
    }
    for (const std::string& value :
         {std::string("\"other\""), "x" + etag, etag.substr(1), std::string("W/\"other\"")}) {
      EXPECT_EQ(get(path, "If-None-Match: " + value + "\r\n").status, 200) << path << " " << value;
    }
  }
}

TEST_F(WebTest, ChangesTheEtagWithTheReport) {
  publish(7);
  const std::string etag = get("/api/v1/report").headers.at("etag");
  publish(8);
  const Answer answer = get("/api/v1/report", "If-None-Match: " + etag + "\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.headers.at("etag"), etag);
}

TEST_F(WebTest, HoldsALongPollUntilTheReportChanges) {
  publish(7);
  const std::string etag = get("/").headers.at("etag");
  Client& json = waiter("/api/v1/report?wait=60s", "If-None-Match: \"other\", W/" + etag + "\r\n");
  Client& page = waiter("/?wait=60s", "If-None-Match: " + etag + "\r\n");
  EXPECT_THAT(json.received(), IsEmpty());
  publish(8);
  EXPECT_EQ(render::parse_report(answer_to(json).body).generation, 8U);
  EXPECT_THAT(answer_to(page).body, HasSubstr("<!doctype html>"));
}

TEST_F(WebTest, EndsALongPollAfterItsTime) {
  publish();
  const std::string etag = get("/").headers.at("etag");
  Client& client = waiter("/api/v1/report?wait=50ms", "If-None-Match: " + etag + "\r\n");
  const Answer answer = answer_to(client);
  EXPECT_EQ(answer.status, 304);
  EXPECT_EQ(answer.headers.at("etag"), etag);
}

TEST_F(WebTest, WaitsOnlyForACallerThatHasTheCurrentReport) {
  publish();
  const std::string etag = get("/").headers.at("etag");
  EXPECT_EQ(get("/api/v1/report?wait=60s").status, 200);
  EXPECT_EQ(get("/api/v1/report?wait=60s", "If-None-Match: \"other\"\r\n").status, 200);
  for (const std::string query : {"", "?wait=0", "?wait=soon", "?wait="}) {
    EXPECT_EQ(get("/api/v1/report" + query, "If-None-Match: " + etag + "\r\n").status, 304)
        << query;
  }
}

TEST_F(WebTest, WaitsForABrowserWhichAlwaysAcceptsGzip) {
  publish(7);
  const std::string headers =
      "If-None-Match: " + get("/").headers.at("etag") + "\r\nAccept-Encoding: gzip, br\r\n";
  Client& page = waiter("/?wait=60s", headers);
  publish(8);
  EXPECT_EQ(answer_to(page).status, 200);
}

TEST_F(WebTest, ForgetsALongPollWhoseClientHasDisconnected) {
  publish(7);
  const std::string etag = get("/").headers.at("etag");
  (void)waiter("/?wait=60s", "If-None-Match: " + etag + "\r\n");
  clients_.clear();
  EXPECT_TRUE(loop_.run_until([&] { return web_.server().long_polls() == 0; }, 30s));
  publish(8);
  EXPECT_EQ(get("/-/healthy").status, 200);
}

TEST_F(WebTest, HidesLogTextFromClientsOverTcp) {
  Finding finding = checklist::testing::failing("messages", "errors");
  finding.details = "a line of the log";
  finding.quotes_log = true;
  web_.publish(
      std::make_shared<const Report>(checklist::testing::report({checklist::testing::service(
          "x.service", {checklist::testing::result("journal_errors", {finding})})})));
  EXPECT_THAT(get("/api/v1/report").body, ::testing::Not(HasSubstr("a line of the log")));
  EXPECT_THAT(get("/").body, ::testing::Not(HasSubstr("a line of the log")));
}
}  // namespace
}  // namespace checklist::daemon
