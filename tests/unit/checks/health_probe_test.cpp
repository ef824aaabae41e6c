// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "checklist/check.hpp"

#include "support/world.hpp"

namespace checklist::checks {
extern const CheckDef health_probe;

namespace {
using namespace std::chrono_literals;
using testing::a_unit;
using testing::a_world;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::World;

Value word(std::string text) {
  return {std::move(text)};
}

const Dict http{{"url", word("http://127.0.0.1:8080/health?token=secret")}};
const Dict clamd{{"unix", word("/run/clamd.ctl")},
                 {"send", word(std::string("zPING\0", 6))},
                 {"expect", word("PONG")}};

// x.service in that state since half an hour before one hour.
World x_in(ActiveState active, std::string sub) {
  World world = a_world("x.service");
  world.with(UnitKey{"x.service"}, a_unit("x.service", active, std::move(sub)))
      .number("ActiveEnterTimestampMonotonic", 1'800'000'000)
      .number("StateChangeTimestampMonotonic", 1'800'000'000)
      .text("Type", "simple")
      .text("Result", "success")
      .text("FreezerState", "running")
      .text("NetworkNamespacePath", "")
      .property("PrivateNetwork", Value{false})
      .property("TriggeredBy", Value{Values{}})
      .at(1h);
  return world;
}

World x_up() {
  return x_in(ActiveState::active, "running");
}

// What the check asks for with these arguments.
ProbeKey asked_by(World& world, const Dict& arguments) {
  (void)world.evaluate(health_probe, arguments);
  const auto wanted = world.facts().wanted<ProbeKey>();
  return wanted && wanted->size() == 1 ? *wanted->begin() : ProbeKey{};
}

World& answered(World& world, const Dict& arguments, Observed<Probe> probe) {
  return world.with(asked_by(world, arguments), std::move(probe));
}

Finding judged(World world, const Dict& arguments, Observed<Probe> probe) {
  const Findings findings =
      answered(world, arguments, std::move(probe)).evaluate(health_probe, arguments);
  return findings.size() == 1 ? findings[0] : Finding{};
}

std::string verdict(const Finding& finding) {
  return std::string(text(finding.status)) + (finding.reason.empty() ? "" : " " + finding.reason);
}

Probe went(ProbeOutcome outcome, std::uint16_t status = 0, std::string note = {}) {
  return {.outcome = outcome, .status = status, .note = std::move(note)};
}

TEST(HealthProbe, PassesWhenTheServiceAnswersAsItShould) {
  const Finding finding = judged(x_up(), http, went(ProbeOutcome::passed, 200));
  EXPECT_EQ(verdict(finding), "pass");
  EXPECT_EQ(finding.subject, "http://127.0.0.1:8080/health") << "a token may be in the query";
  EXPECT_EQ(finding.expected, "responds with status 200 within 2s");
  EXPECT_EQ(judged(x_up(), clamd, went(ProbeOutcome::passed)).subject, "unix:/run/clamd.ctl");
}

TEST(HealthProbe, FailsWithTheWayInWhichItWentWrong) {
  for (const auto& [outcome, name] : names<ProbeOutcome>) {
    if (outcome == ProbeOutcome::passed) {
      continue;
    }
    const Finding finding = judged(x_up(), http, went(outcome, 503, "expired"));
    EXPECT_EQ(verdict(finding), "fail " + std::string(name));
    EXPECT_THAT(finding.observed, Not(IsEmpty())) << name;
    EXPECT_THAT(finding.hint, Not(IsEmpty())) << name;
  }
  EXPECT_EQ(judged(x_up(), http, went(ProbeOutcome::status, 503)).observed, "HTTP status 503");
  EXPECT_THAT(judged(x_up(), http, went(ProbeOutcome::tls, 0, "expired")).observed,
              HasSubstr("expired"));
}

TEST(HealthProbe, HintsAtWhatAStatusMeans) {
  const auto hint = [](std::uint16_t status) {
    return judged(x_up(), http, went(ProbeOutcome::status, status)).hint;
  };
  EXPECT_THAT(hint(302), HasSubstr("redirects"));
  EXPECT_THAT(hint(401), HasSubstr("header"));
  EXPECT_THAT(hint(404), HasSubstr("path"));
  EXPECT_THAT(hint(503), HasSubstr("journalctl -u x.service"));
  World users = x_up();
  users.spec().user = "dev";
  EXPECT_THAT(judged(std::move(users), http, went(ProbeOutcome::status, 503)).hint,
              HasSubstr("journalctl --user -u x.service"));
}

TEST(HealthProbe, JudgesTheCertificateOfAnHttpsServer) {
  constexpr WallTime booted = WallTime(1'000'000h);
  const Dict arguments{{"url", word("https://127.0.0.1/")},
                       {"certificate_days", Value{std::uint64_t{14}}}};
  const auto reason = [&](std::optional<WallTime> expires) {
    World world = x_up();
    world.with(WallClockKey{}, booted);
    Probe probe = went(ProbeOutcome::passed, 200);
    probe.certificate_expires = expires;
    const Findings found = answered(world, arguments, probe).evaluate(health_probe, arguments);
    return found.size() == 2 ? verdict(found[0]) + ", " + verdict(found[1]) : "";
  };
  EXPECT_EQ(reason(booted + 30 * 24h), "pass, pass");
  EXPECT_EQ(reason(booted + 10 * 24h), "pass, fail expires_soon");
  EXPECT_EQ(reason(std::nullopt), "pass, unknown unsupported");
}

TEST(HealthProbe, WaitsUntilTheUnitHasSettled) {
  World world = x_up();
  world.number("ActiveEnterTimestampMonotonic", 3'595'000'000);
  answered(world, http, went(ProbeOutcome::status, 503));
  EXPECT_EQ(verdict(world.evaluate(health_probe, http)[0]), "unknown settling");
  EXPECT_EQ(world.wake_at(), monotonic(3'625'000'000));
  EXPECT_EQ(verdict(world.at(3625s).evaluate(health_probe, http)[0]), "fail status");
}

TEST(HealthProbe, AsksAnewAfterAnotherStart) {
  World world = x_up();
  const ProbeKey before = asked_by(world, http);
  EXPECT_EQ(before.settled, monotonic(1'830'000'000));
  world.with(before, went(ProbeOutcome::passed, 200));
  world.number("ActiveEnterTimestampMonotonic", 3'599'000'000);
  (void)world.evaluate(health_probe, http);
  EXPECT_TRUE(world.pending()) << "the previous run's answer says nothing about this one";
}

TEST(HealthProbe, IsJudgedWhileTheUnitReloads) {
  World reloading = x_in(ActiveState::reloading, "reload");
  EXPECT_EQ(asked_by(reloading, http).settled, monotonic(1'830'000'000)) << "no new start";
  EXPECT_EQ(
      verdict(judged(x_in(ActiveState::reloading, "reload"), http, went(ProbeOutcome::refused))),
      "fail refused");
}

TEST(HealthProbe, AsksNothingOfAUnitThatIsNotUp) {
  for (const auto& [active, sub] :
       std::vector<std::pair<ActiveState, std::string>>{{ActiveState::failed, "failed"},
                                                        {ActiveState::activating, "auto-restart"},
                                                        {ActiveState::activating, "start"},
                                                        {ActiveState::deactivating, "stop-sigterm"},
                                                        {ActiveState::inactive, "dead"}}) {
    World world = x_in(active, sub);
    EXPECT_EQ(verdict(world.evaluate(health_probe, http)[0]), "skip not_up") << sub;
    EXPECT_FALSE(world.facts().wanted<ProbeKey>().has_value()) << sub;
  }
}

TEST(HealthProbe, NeverWakesAnIdleService) {
  World world = x_in(ActiveState::inactive, "dead");
  world.property("TriggeredBy", Value{Values{word("x.socket")}})
      .with(UnitKey{"x.socket"}, a_unit("x.socket", ActiveState::active, "listening"));
  const Finding finding = world.evaluate(health_probe, http)[0];
  EXPECT_EQ(verdict(finding), "skip idle");
  EXPECT_THAT(finding.observed, HasSubstr("x.socket"));
  EXPECT_FALSE(world.facts().wanted<ProbeKey>().has_value());
}

TEST(HealthProbe, DoesNotReachIntoANetworkNamespace) {
  const auto in_its_own = [](const Dict& arguments, ProbeOutcome outcome) {
    World world = x_up();
    world.property("PrivateNetwork", Value{true});
    return verdict(judged(std::move(world), arguments, went(outcome)));
  };
  EXPECT_EQ(in_its_own(http, ProbeOutcome::refused), "unknown own_network");
  EXPECT_EQ(in_its_own(http, ProbeOutcome::passed), "pass");
  EXPECT_EQ(in_its_own(clamd, ProbeOutcome::refused), "fail refused") << "a path is reached";
}

TEST(HealthProbe, IsUnknownWhenNothingCouldBeAsked) {
  EXPECT_EQ(verdict(judged(x_up(), http, Unseen{"permission", "no", "allow it"})),
            "unknown permission");
  World world = x_up();
  world.with(UnitKey{"x.service"}, Unseen{"bus", "gone", ""});
  EXPECT_EQ(verdict(world.evaluate(health_probe, http)[0]), "unknown bus");
}

TEST(HealthProbe, IsPendingUntilTheFirstVerdict) {
  World world = x_up();
  (void)world.evaluate(health_probe, http);
  EXPECT_TRUE(world.pending());
}

TEST(HealthProbe, AsksWhatItsParametersSay) {
  World world = x_up();
  const ProbeKey key = asked_by(
      world, {{"url", word("http://localhost/_ping")},
              {"unix", word("/run/docker.sock")},
              {"status", Value{Values{Value{std::int64_t{200}}, Value{std::int64_t{204}}}}},
              {"body", word("^OK$")},
              {"headers", Value{Dict{{"A", word("b")}}}},
              {"timeout", word("5s")},
              {"interval", word("1min")},
              {"failures", Value{std::int64_t{3}}}});
  EXPECT_EQ(key.unit, "x.service");
  EXPECT_EQ(key.request.url, "http://localhost/_ping");
  EXPECT_EQ(key.request.unix_socket, "/run/docker.sock");
  EXPECT_THAT(key.request.status, ::testing::ElementsAre(200, 204));
  EXPECT_EQ(key.request.body, "^OK$");
  EXPECT_EQ(key.request.headers.at("A").text, "b");
  EXPECT_EQ(key.pace, (ProbePace{.timeout = 5s, .interval = 1min, .failures = 3}));
  World other = x_up();
  EXPECT_EQ(asked_by(other, clamd).request.send, std::string("zPING\0", 6));
}

TEST(HealthProbe, RefusesParametersThatContradict) {
  const auto with = [](Dict arguments, const std::string& key, Value value) {
    arguments[key] = std::move(value);
    return arguments;
  };
  const Dict tcp{{"tcp", word("127.0.0.1:3310")}};
  const std::vector<std::pair<Dict, std::string>> bad{
      {{}, "/checks"},
      {with(http, "tcp", word("127.0.0.1:1")), "/checks"},
      {with(clamd, "tcp", word("127.0.0.1:1")), "/checks"},
      {with(http, "send", word("x")), "/checks"},
      {with(http, "expect", word("x")), "/checks"},
      {with(tcp, "body", word("x")), "/checks"},
      {with(tcp, "status", Value{std::int64_t{204}}), "/checks"},
      {with(tcp, "verify", Value{false}), "/checks"},
      {with(http, "body", word("(")), "/checks/body"},
      {with(http, "ca", word("x.pem")), "/checks/ca"},
      {with(http, "timeout", word("0")), "/checks/timeout"},
      {with(http, "timeout", word("infinity")), "/checks/timeout"},
      {with(http, "interval", word("10ms")), "/checks/interval"},
      {with(http, "failures", Value{std::int64_t{0}}), "/checks/failures"}};
  for (const auto& [arguments, pointer] : bad) {
    ConfigErrors errors;
    health_probe.bind(arguments, "/checks", errors);
    ASSERT_EQ(errors.size(), 1U) << pointer;
    EXPECT_EQ(errors[0].pointer, pointer);
  }
  for (const Dict& good : {http, clamd, tcp}) {
    ConfigErrors errors;
    health_probe.bind(good, "/checks", errors);
    EXPECT_THAT(errors, IsEmpty());
  }
}
}  // namespace
}  // namespace checklist::checks
