// SPDX-License-Identifier: MIT
// The service responds as declared; see docs/checks/health_probe.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/probes/probe_outcome.hpp"
#include "checks/probes/probe_target.hpp"
#include "checks/state/phase.hpp"
#include "checks/view/certificate.hpp"
#include "checks/view/private_network.hpp"
#include "semantics/text/count.hpp"
#include "semantics/text/pattern.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;

struct Params {
  std::optional<Url> url;
  std::optional<TcpTarget> tcp;
  std::optional<UnixTarget> unix_socket;
  StatusSet status{{200}};
  std::optional<semantics::Pattern> body;
  Headers headers;
  std::optional<std::string> ca;
  bool verify = true;
  std::optional<CertificateDays> certificate_days;
  std::string send;
  std::string expect;
  semantics::SpanWithin<10, 60'000> timeout{2s};
  semantics::SpanWithin<1'000, 86'400'000> interval{15s};
  semantics::Count<1, 100> failures{2};

  void validate(const std::string& at, ConfigErrors& errors) const;
  void validate_target(const std::string& at, ConfigErrors& errors) const;
};

constexpr std::tuple fields{
    Field{"url", &Params::url, "the URL to GET over http or https"},
    Field{"tcp", &Params::tcp, "the address to connect to over TCP, to send and expect"},
    Field{"unix", &Params::unix_socket,
          "the socket to connect to; beside url for HTTP, alone to send and expect"},
    Field{"status", &Params::status, "the expected HTTP status, or a list of them"},
    Field{"body", &Params::body, "a pattern to find in the first 64 KiB of the HTTP response"},
    Field{"headers", &Params::headers,
          R"(headers of the HTTP request; a value may be {"credential": NAME} or {"file": PATH})"},
    Field{"ca", &Params::ca, "a PEM file with the certificates to trust; by default the system's"},
    Field{"verify", &Params::verify, "whether the server's certificate must be valid"},
    Field{"certificate_days", &Params::certificate_days,
          "for how many days the server's certificate must be valid"},
    Field{"send", &Params::send, "the text to send once connected"},
    Field{"expect", &Params::expect, "a text to find in the first 64 KiB of the response"},
    Field{"timeout", &Params::timeout, "the time limit for the complete response"},
    Field{"interval", &Params::interval, "the time from one probe to the next"},
    Field{"failures", &Params::failures, "how many consecutive failures fail the check"}};

// Reports a missing target, several targets, and fields of another kind of target.
void Params::validate_target(const std::string& at, ConfigErrors& errors) const {
  const Params preset;
  if (!url && !tcp && !unix_socket) {
    errors.push_back({at, "one of url, tcp and unix", "none of them"});
  }
  if (tcp && (url || unix_socket)) {
    errors.push_back({at, "tcp alone", std::string("beside it ") + (url ? "url" : "unix")});
  }
  const bool asks_http =
      status != preset.status || body || !headers.by_name.empty() || ca || verify != preset.verify;
  if (!url && (tcp || unix_socket) && asks_http) {
    errors.push_back({at, "send and expect without url",
                      "one of status, body, headers, ca and verify, which are of HTTP"});
  }
  if (url && !(send.empty() && expect.empty())) {
    errors.push_back({at, "status and body beside url", "send or expect, which are for sockets"});
  }
}

void Params::validate(const std::string& at, ConfigErrors& errors) const {
  validate_target(at, errors);
  if (certificate_days && !(url && url->text.starts_with("https:"))) {
    errors.push_back({at + "/certificate_days", "an https URL beside it", "none"});
  }
  if (ca && !ca->starts_with('/')) {
    errors.push_back({at + "/ca", "an absolute path", "'" + *ca + "'"});
  }
}

std::string target(const Params& want) {
  const std::string socket = want.unix_socket ? "unix:" + want.unix_socket->text : std::string();
  if (want.url) {
    return shown(*want.url) + (socket.empty() ? "" : " on " + socket);
  }
  return want.tcp ? "tcp:" + want.tcp->text : socket;
}

std::string expectation(const Params& want) {
  const std::string in_time = " within " + semantics::print_span({want.timeout.length});
  if (!want.url) {
    return (want.expect.empty() ? "accepts connections" : "responds as expected") + in_time;
  }
  std::string out = "responds with status ";
  for (const std::uint16_t status : want.status.any_of) {
    out += (status == want.status.any_of.front() ? "" : " or ") + std::to_string(status);
  }
  return out + (want.body ? " and the expected body" : "") + in_time;
}

ProbeKey key_of(const Params& want, const std::string& unit, TimePoint settled) {
  const auto text = [](const auto& given) { return given ? given->text : std::string(); };
  return {.unit = unit,
          .settled = settled,
          .request = {.url = text(want.url),
                      .unix_socket = text(want.unix_socket),
                      .tcp = text(want.tcp),
                      .status = want.status.any_of,
                      .body = text(want.body),
                      .headers = want.headers.by_name,
                      .ca = want.ca.value_or(""),
                      .verify = want.verify,
                      .send = want.send,
                      .expect = want.expect},
          .pace = {.timeout = want.timeout.length,
                   .interval = want.interval.length,
                   .failures = want.failures.number}};
}

Finding skipped(const Params& want, const UnitPhase& life) {
  Finding out{.subject = target(want), .expected = expectation(want)};
  const bool is_idle = life.phase == Phase::on_demand;
  out.reason = is_idle ? "idle" : "not_up";
  out.observed =
      is_idle ? "the unit is idle; " + life.trigger + " starts it on demand, as a probe would"
              : "the unit is not up";
  return skip(std::move(out));
}

// A private network namespace cannot be reached from outside; sockets in the file system can.
bool is_out_of_reach(const Params& want, const Probe& probe, View& see) {
  return !want.unix_socket && has_private_network(see) &&
         (probe.outcome == ProbeOutcome::refused || probe.outcome == ProbeOutcome::unreachable ||
          probe.outcome == ProbeOutcome::timeout);
}

Finding failed(const Params& want, const ProbeKey& asked, const Probe& probe, Phase phase,
               View& see) {
  Finding out{.subject = target(want), .expected = expectation(want)};
  if (is_out_of_reach(want, probe, see)) {
    out.reason = "own_network";
    out.observed = "the unit has a private network namespace";
    out.hint = "probe it through a unix socket";
    return unknown(std::move(out));
  }
  if (phase == Phase::settling) {
    out.reason = "settling";
    out.observed = "the unit was started and has not settled";
    out.hint = "wait, or raise `settle`";
    out.details = describe_outcome(asked, probe);
    return unknown(std::move(out));
  }
  out.reason = text(probe.outcome);
  out.observed = describe_outcome(asked, probe);
  out.hint = outcome_hint(asked, probe, see);
  return fail(std::move(out));
}

Findings evaluate(const Params& want, View& see) {
  const auto life = phase_of(see);
  if (life.phase == Phase::unseen) {
    return {unknown(target(want), "unit state is known", see[UnitKey{see.unit()}].unseen())};
  }
  if (!is_judged(life.phase)) {
    return {skipped(want, life)};
  }
  const auto& entered = see.observed("ActiveEnterTimestampMonotonic");
  if (entered.pending()) {
    return {unknown(target(want), expectation(want), entered.unseen())};
  }
  const auto since = see.moment("ActiveEnterTimestampMonotonic");
  const auto settled = since ? semantics::after(*since, see.spec().settle) : TimePoint{};
  const ProbeKey asked = key_of(want, see.unit(), settled);
  const auto& probe = see[asked];
  if (!probe) {
    return {unknown(target(want), expectation(want), probe.unseen())};
  }
  if (probe->outcome != ProbeOutcome::passed) {
    return {failed(want, asked, *probe, life.phase, see)};
  }
  Findings out{pass({.subject = target(want),
                     .expected = expectation(want),
                     .observed = describe_outcome(asked, *probe)})};
  if (want.certificate_days) {
    const Observed<WallTime> expiry =
        probe->certificate_expires
            ? Observed<WallTime>(*probe->certificate_expires)
            : Observed<WallTime>(
                  Unseen{"unsupported", "libcurl does not show the server's certificate", ""});
    out.push_back(certificate_finding("certificate", expiry, *want.certificate_days, see));
  }
  return out;
}

// Captures nothing: which response means "healthy" is for people to decide.
Params capture(View& /*see*/) {
  return {};
}
}  // namespace

extern const CheckDef health_probe;
const CheckDef health_probe = check<Params, fields, evaluate, capture>(
    "the service responds as declared", RunsWhen::when_configured, {.kind = CheckClass::symptom});
}  // namespace checklist::checks
