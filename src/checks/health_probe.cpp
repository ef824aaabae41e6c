// SPDX-License-Identifier: MIT
// The service answers as it should; see docs/checks/health_probe.md.
#include <algorithm>

#include "checklist/check.hpp"

#include "checks/probes/probe_target.hpp"
#include "checks/probes/probe_words.hpp"
#include "checks/state/phase.hpp"
#include "checks/view/private_network.hpp"
#include "semantics/text/pattern.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
using namespace std::chrono_literals;
using semantics::Span;

struct Params {
  std::optional<Url> url;
  std::optional<TcpTarget> tcp;
  std::optional<UnixTarget> unix_socket;
  StatusSet status{{200}};
  std::optional<semantics::Pattern> body;
  Headers headers;
  std::optional<std::string> ca;
  bool verify = true;
  std::string send;
  std::string expect;
  Span timeout{2s};
  Span interval{15s};
  std::uint64_t failures = 2;

  void validate(const std::string& at, ConfigErrors& mistakes) const;
  void complain_of_target(const std::string& at, ConfigErrors& mistakes) const;
};

constexpr std::tuple fields{
    Field{"url", &Params::url, "what to GET over http or https"},
    Field{"tcp", &Params::tcp, "where to connect to over TCP, and send and expect"},
    Field{"unix", &Params::unix_socket,
          "the socket to connect to; beside url for HTTP, alone to send and expect"},
    Field{"status", &Params::status, "the status of the HTTP answer, or several that are fine"},
    Field{"body", &Params::body, "a pattern found in the first 64 KiB of the HTTP answer"},
    Field{"headers", &Params::headers,
          R"(headers of the HTTP request; a value may be {"credential": NAME} or {"file": PATH})"},
    Field{"ca", &Params::ca, "a PEM file with the certificates to trust; by default the system's"},
    Field{"verify", &Params::verify, "whether the server's certificate must be valid"},
    Field{"send", &Params::send, "what to say once connected"},
    Field{"expect", &Params::expect, "a text that is found in the first 64 KiB of the answer"},
    Field{"timeout", &Params::timeout, "how long it may take until the whole answer is there"},
    Field{"interval", &Params::interval, "how long after one probe the next one starts"},
    Field{"failures", &Params::failures, "so many in a row are a failure"}};

void want_span(const Span& given, Duration least, Duration most, const std::string& at,
               ConfigErrors& mistakes) {
  if (given.length < least || given.length > most) {
    mistakes.push_back({at,
                        "a time span from " + semantics::print_span({least}) + " to " +
                            semantics::print_span({most}),
                        "'" + semantics::print_span(given) + "'"});
  }
}

// One target, and beside it only what goes with it.
void Params::complain_of_target(const std::string& at, ConfigErrors& mistakes) const {
  const Params preset;
  if (!url && !tcp && !unix_socket) {
    mistakes.push_back({at, "one of url, tcp and unix", "none of them"});
  }
  if (tcp && (url || unix_socket)) {
    mistakes.push_back({at, "tcp alone", std::string("beside it ") + (url ? "url" : "unix")});
  }
  const bool asks_http =
      status != preset.status || body || !headers.by_name.empty() || ca || verify != preset.verify;
  if (!url && (tcp || unix_socket) && asks_http) {
    mistakes.push_back({at, "send and expect without url",
                        "one of status, body, headers, ca and verify, which are of HTTP"});
  }
  if (url && !(send.empty() && expect.empty())) {
    mistakes.push_back({at, "status and body beside url", "send or expect, which are for sockets"});
  }
}

void Params::validate(const std::string& at, ConfigErrors& mistakes) const {
  complain_of_target(at, mistakes);
  if (ca && !ca->starts_with('/')) {
    mistakes.push_back({at + "/ca", "an absolute path", "'" + *ca + "'"});
  }
  if (failures == 0 || failures > 100) {
    mistakes.push_back({at + "/failures", "a number from 1 to 100", std::to_string(failures)});
  }
  want_span(timeout, 10ms, 1min, at + "/timeout", mistakes);
  want_span(interval, 1s, 24h, at + "/interval", mistakes);
}

std::string target(const Params& want) {
  const std::string socket = want.unix_socket ? "unix:" + want.unix_socket->text : std::string();
  if (want.url) {
    return shown(*want.url) + (socket.empty() ? "" : " on " + socket);
  }
  return want.tcp ? "tcp:" + want.tcp->text : socket;
}

std::string expectation(const Params& want) {
  const std::string in_time = " within " + semantics::print_span(want.timeout);
  if (!want.url) {
    return (want.expect.empty() ? "takes connections" : "answers as expected") + in_time;
  }
  std::string out = "answers ";
  for (const std::uint16_t status : want.status.any_of) {
    out += (status == want.status.any_of.front() ? "" : " or ") + std::to_string(status);
  }
  return out + (want.body ? " with the body expected" : "") + in_time;
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
                   .failures = want.failures}};
}

Finding finding(const Params& want, Status status, std::string reason, std::string observed,
                std::string hint) {
  return {.status = status,
          .subject = target(want),
          .reason = std::move(reason),
          .expected = expectation(want),
          .observed = std::move(observed),
          .hint = std::move(hint),
          .details = {}};
}

Finding skipped(const Params& want, const Life& life) {
  return life.phase == Phase::on_demand
             ? finding(want, Status::skip, "idle",
                       life.trigger + " starts the unit when it is needed; a probe would, too", {})
             : finding(want, Status::skip, "not_up", "the unit is not up", {});
}

// From outside, the sockets of a network namespace cannot be reached; those in the file system can.
bool is_out_of_reach(const Params& want, const Probe& probe, View& see) {
  return !want.unix_socket && has_private_network(see) &&
         (probe.outcome == ProbeOutcome::refused || probe.outcome == ProbeOutcome::unreachable ||
          probe.outcome == ProbeOutcome::timeout);
}

Finding failed(const Params& want, const ProbeKey& asked, const Probe& probe, Phase phase,
               View& see) {
  if (is_out_of_reach(want, probe, see)) {
    return finding(want, Status::unknown, "own_network",
                   "the unit has a network namespace of its own, into which nobody here reaches",
                   "probe it through a unix socket");
  }
  if (phase == Phase::settling) {
    Finding out = finding(want, Status::unknown, "settling",
                          "the unit was started and has not settled", "wait, or raise `settle`");
    out.details = observation(asked, probe);
    return out;
  }
  return finding(want, Status::fail, std::string(text(probe.outcome)), observation(asked, probe),
                 advice(asked, probe, see.spec()));
}

Findings evaluate(const Params& want, View& see) {
  const auto life = life_of(see);
  if (life.phase == Phase::unseen) {
    return {unknown(target(want), "the unit's state is known", see[UnitKey{see.unit()}].unseen())};
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
  return {probe->outcome == ProbeOutcome::passed
              ? finding(want, Status::pass, {}, observation(asked, *probe), {})
              : failed(want, asked, *probe, life.phase, see)};
}

// A probe cannot be told from outside: which of the many answers means "healthy" is for people.
Params capture(View& /*see*/) {
  return {};
}
}  // namespace

extern const CheckDef health_probe;
const CheckDef health_probe = check<Params, fields, evaluate, capture>(
    "the service answers as it should", RunsWhen::when_configured);
}  // namespace checklist::checks
