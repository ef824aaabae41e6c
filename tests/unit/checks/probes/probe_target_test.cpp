// SPDX-License-Identifier: MIT
#include "checks/probes/probe_target.hpp"

#include <gmock/gmock.h>

namespace checklist::checks {
namespace {
template <class T>
std::optional<T> parse(const Value& value, ConfigErrors& errors) {
  return read_value<T>(value, "/x", errors);
}

template <class T>
std::optional<T> parse(const Value& value) {
  ConfigErrors errors;
  return parse<T>(value, errors);
}

Value word(std::string text) {
  return {std::move(text)};
}

Value number(std::int64_t n) {
  return {n};
}

TEST(Url, IsOfHttpOrHttps) {
  for (const auto* good :
       {"http://127.0.0.1:8080/health", "https://localhost", "http://[::1]:80/",
        "http://a-b.c/?q=@", "http://grafana:3000/api/health?x=1", "https://10.0.0.1"}) {
    EXPECT_EQ(parse_url(good), Url{good}) << good;
  }
  for (const auto* bad : {"",
                          "127.0.0.1:80",
                          "ftp://127.0.0.1/",
                          "file:///etc/passwd",
                          "http:/127.0.0.1",
                          "http://",
                          "http:///x",
                          "http://127.0.0.1:0/",
                          "http://127.0.0.1:x/",
                          "http://127.0.0.1:65536/",
                          "http://::1/",
                          "http://[::1/",
                          "http://[127.0.0.1]x/",
                          "http://127.1/",
                          "http://256.0.0.1/",
                          "http://u:p@127.0.0.1/",
                          "http://u@h/",
                          "http://h/ x",
                          "http://h/\r\nX: y",
                          "http://h/#f",
                          "http://h\\@g/",
                          "HTTP://h/"}) {
    EXPECT_EQ(parse_url(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(parse_url("http://h/" + std::string(2000, 'x')), std::nullopt);
}

TEST(Url, IsShownWithoutItsQuery) {
  EXPECT_EQ(shown({"http://h:1/a?token=secret"}), "http://h:1/a");
  EXPECT_EQ(shown({"http://h/"}), "http://h/");
}

TEST(Url, DoesNotRepeatAPasswordInAMistake) {
  ConfigErrors errors;
  EXPECT_FALSE(parse<Url>(word("http://root:hunter2@h/"), errors));
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].found, "one with a user or an @");
}

TEST(TcpTarget, IsAHostAndAPort) {
  for (const auto* good : {"127.0.0.1:3310", "[::1]:53", "localhost:1", "db.example:65535"}) {
    EXPECT_EQ(parse_tcp_target(good), TcpTarget{good}) << good;
  }
  for (const auto* bad : {"", "127.0.0.1", ":80", "::1:53", "h:", "h:0", "h:1/", "*:80", "h:1:2"}) {
    EXPECT_EQ(parse_tcp_target(bad), std::nullopt) << bad;
  }
}

TEST(UnixTarget, IsAPathOrAnAbstractName) {
  EXPECT_EQ(parse_unix_target("/run/clamav/clamd.ctl"), UnixTarget{"/run/clamav/clamd.ctl"});
  EXPECT_EQ(parse_unix_target("@name"), UnixTarget{"@name"});
  for (const auto& bad :
       {std::string(), std::string("run/x"), std::string("@"), "/" + std::string(120, 'x')}) {
    EXPECT_EQ(parse_unix_target(bad), std::nullopt) << bad;
  }
}

TEST(StatusSet, IsOneOrSeveral) {
  EXPECT_EQ(parse<StatusSet>(number(200)), StatusSet{{200}});
  EXPECT_EQ(parse<StatusSet>(Value{std::uint64_t{204}}), StatusSet{{204}});
  EXPECT_EQ(parse<StatusSet>(Value{Values{number(200), number(401)}}), (StatusSet{{200, 401}}));
  for (const Value& bad : {number(99), number(600), number(-200), word("200"), Value{Values{}},
                           Value{Values{number(200), number(1)}}, Value{std::uint64_t{1} << 63}}) {
    EXPECT_EQ(parse<StatusSet>(bad), std::nullopt);
  }
  EXPECT_EQ(ParameterType<StatusSet>::print({{200}}), number(200));
  EXPECT_EQ(ParameterType<StatusSet>::print({{200, 204}}),
            (Value{Values{number(200), number(204)}}));
}

TEST(Headers, AreTextsCredentialsAndFiles) {
  const auto headers =
      parse<Headers>(Value{Dict{{"Accept", word("*/*")},
                                {"Authorization", Value{Dict{{"credential", word("token")}}}},
                                {"X-Key", Value{Dict{{"file", word("/etc/key")}}}}}});
  ASSERT_TRUE(headers);
  EXPECT_EQ(headers->by_name.at("Accept"), (HeaderValue{HeaderSource::text, "*/*"}));
  EXPECT_EQ(headers->by_name.at("Authorization"), (HeaderValue{HeaderSource::credential, "token"}));
  EXPECT_EQ(headers->by_name.at("X-Key"), (HeaderValue{HeaderSource::file, "/etc/key"}));
}

TEST(Headers, AreRefusedWithoutBeingRepeated) {
  const std::vector<Dict> bad{{{"X", word("secret\r\nY: z")}},
                              {{"X", number(7777)}},
                              {{"X", Value{Dict{}}}},
                              {{"X", Value{Dict{{"credential", word("../secret")}}}}},
                              {{"X", Value{Dict{{"file", word("secret")}}}}},
                              {{"X", Value{Dict{{"value", word("secret")}}}}},
                              {{"X Y", word("secret")}},
                              {{"", word("secret")}}};
  for (const Dict& each : bad) {
    ConfigErrors errors;
    const auto headers = parse<Headers>(Value{each}, errors);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ((errors[0].expected + errors[0].found).find("secret"), std::string::npos);
    EXPECT_EQ((errors[0].expected + errors[0].found).find("7777"), std::string::npos);
  }
}

TEST(Headers, ArePrintedWithoutTheirValues) {
  const Headers headers{
      {{"A", {HeaderSource::text, "secret"}}, {"B", {HeaderSource::credential, "token"}}}};
  EXPECT_EQ(ParameterType<Headers>::print(headers),
            (Value{Dict{{"B", Value{Dict{{"credential", word("token")}}}}}}));
}
}  // namespace
}  // namespace checklist::checks
