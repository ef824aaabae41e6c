// SPDX-License-Identifier: MIT
#include "checks/probes/probe_outcome.hpp"

#include "checks/definition/next_start.hpp"
#include "checks/view/command.hpp"
#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
bool is_http(const ProbeKey& asked) {
  return !asked.request.url.empty();
}

std::string status_hint(std::uint16_t status, const std::string& journal) {
  if (300 <= status && status <= 399) {
    return "probe the target of the redirect; redirects are not followed";
  }
  if (status == 401 || status == 403) {
    return "add the authorization header to `headers`, as a credential";
  }
  if (status == 404) {
    return "check that this version of the service has the path of the probe";
  }
  return "read " + journal + " for the cause";
}
}  // namespace

std::string describe_outcome(const ProbeKey& asked, const Probe& probe) {
  switch (probe.outcome) {
    case ProbeOutcome::passed:
      return is_http(asked)                 ? "the HTTP response is as expected"
             : asked.request.expect.empty() ? "connection accepted"
                                            : "the response is as expected";
    case ProbeOutcome::refused:
      return "connection refused";
    case ProbeOutcome::unreachable:
      return "address unreachable";
    case ProbeOutcome::timeout:
      return "no complete response within " + semantics::print_span({asked.pace.timeout});
    case ProbeOutcome::closed:
      return "connection closed early";
    case ProbeOutcome::protocol:
      return "the response is not HTTP";
    case ProbeOutcome::tls:
      return "TLS handshake failed: " + probe.note;
    case ProbeOutcome::status:
      return "HTTP status " + std::to_string(probe.status);
    case ProbeOutcome::answer:
      return is_http(asked) ? "the body does not match `body`"
                            : "the response does not contain `expect`";
  }
  return {};
}

std::string outcome_hint(const ProbeKey& asked, const Probe& probe, View& see) {
  const std::string journal = journalctl(see, asked.unit);
  switch (probe.outcome) {
    case ProbeOutcome::passed:
      return {};
    case ProbeOutcome::status:
      return status_hint(probe.status, journal);
    case ProbeOutcome::timeout:
      return "read " + journal + "; if the service hangs, " + restart_advice(see);
    case ProbeOutcome::tls:
      return "renew the certificate, or set `ca` to the one to trust";
    case ProbeOutcome::protocol:
      return "compare the scheme and port of the probe with the configuration of " + asked.unit;
    case ProbeOutcome::unreachable:
      return "compare the address with those of this host: `ip address`, `ip route`";
    case ProbeOutcome::answer:
      return is_http(asked)
                 ? "run curl with the same URL and compare the body with the pattern in `body`"
                 : "send the request by hand, compare the response with `expect`, then read " +
                       journal;
    default:
      return "read " + journal + " and compare the address in its configuration";
  }
}
}  // namespace checklist::checks
