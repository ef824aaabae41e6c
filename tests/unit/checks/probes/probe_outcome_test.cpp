// SPDX-License-Identifier: MIT
#include "checks/probes/probe_outcome.hpp"

#include <gmock/gmock.h>

#include "checklist/facts/probes.hpp"

#include "support/world.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using enum ProbeOutcome;

ProbeKey asked(ProbeRequest request) {
  return {.unit = "x.service",
          .settled = {},
          .request = std::move(request),
          .pace = {.timeout = 1500ms, .interval = 30s}};
}

ProbeKey over_http() {
  ProbeRequest request;
  request.url = "http://localhost/health";
  return asked(std::move(request));
}

ProbeKey over_tcp(std::string expect = {}) {
  ProbeRequest request;
  request.tcp = "127.0.0.1:3310";
  request.expect = std::move(expect);
  return asked(std::move(request));
}

Probe probe(ProbeOutcome outcome, std::uint16_t code = 0) {
  return {.outcome = outcome, .status = code, .note = "certificate has expired"};
}

std::string hint(const ProbeKey& key, const Probe& result, const std::string& user = {}) {
  testing::World world("x.service");
  world.spec().user = user;
  View see = world.view();
  return outcome_hint(key, result, see);
}

TEST(ProbeOutcome, IsDescribedAsItWasAsked) {
  EXPECT_EQ(describe_outcome(over_http(), probe(passed)), "the HTTP response is as expected");
  EXPECT_EQ(describe_outcome(over_tcp(), probe(passed)), "connection accepted");
  EXPECT_EQ(describe_outcome(over_tcp("PONG"), probe(passed)), "the response is as expected");
  EXPECT_EQ(describe_outcome(over_http(), probe(answer)), "the body does not match `body`");
  EXPECT_EQ(describe_outcome(over_tcp("PONG"), probe(answer)),
            "the response does not contain `expect`");
}

TEST(ProbeOutcome, CarriesTheStatusTheTimeoutAndTheErrorOfTls) {
  EXPECT_EQ(describe_outcome(over_http(), probe(status, 503)), "HTTP status 503");
  EXPECT_EQ(describe_outcome(over_tcp(), probe(timeout)), "no complete response within 1s 500ms");
  EXPECT_EQ(describe_outcome(over_http(), probe(tls)),
            "TLS handshake failed: certificate has expired");
}

TEST(ProbeOutcome, HasADescriptionOfItsOwnAndAHintUnlessItPassed) {
  std::set<std::string> all;
  for (const auto& [outcome, name] : names<ProbeOutcome>) {
    all.insert(describe_outcome(over_http(), probe(outcome, 500)));
    EXPECT_EQ(hint(over_http(), probe(outcome, 500)).empty(), outcome == passed) << name;
  }
  EXPECT_EQ(all.size(), names<ProbeOutcome>.size());
  EXPECT_FALSE(all.contains(""));
}

TEST(ProbeOutcome, ExplainsTheStatusesThatHaveOneCause) {
  EXPECT_THAT(hint(over_http(), probe(status, 301)), HasSubstr("redirect"));
  EXPECT_THAT(hint(over_http(), probe(status, 401)), HasSubstr("authorization"));
  EXPECT_THAT(hint(over_http(), probe(status, 403)), HasSubstr("authorization"));
  EXPECT_THAT(hint(over_http(), probe(status, 404)), HasSubstr("path"));
  for (const std::uint16_t code : std::initializer_list<std::uint16_t>{204, 299, 400, 500}) {
    EXPECT_EQ(hint(over_http(), probe(status, code)),
              "read `journalctl -u x.service` for the cause");
  }
}

TEST(ProbeOutcome, HintsAtCommandsForTheUnitThatWasAsked) {
  EXPECT_EQ(hint(over_tcp(), probe(timeout)),
            "read `journalctl -u x.service`; if the service hangs, run `systemctl restart "
            "x.service`");
  EXPECT_THAT(hint(over_tcp(), probe(timeout), "dev"),
              AllOf(HasSubstr("`journalctl --user -u x.service`"),
                    HasSubstr("`systemctl --user restart x.service`")));
  EXPECT_THAT(hint(over_tcp(), probe(refused)), HasSubstr("`journalctl -u x.service`"));
  EXPECT_THAT(hint(over_http(), probe(answer)), HasSubstr("`body`"));
  EXPECT_THAT(hint(over_tcp("PONG"), probe(answer)), HasSubstr("`expect`"));
}
}  // namespace
}  // namespace checklist::checks
