// SPDX-License-Identifier: MIT
#include "checks/probes/probe_words.hpp"

#include "semantics/time/span.hpp"

namespace checklist::checks {
namespace {
bool is_http(const ProbeKey& asked) {
  return !asked.request.url.empty();
}

std::string advice_on(std::uint16_t status, const std::string& journal) {
  if (300 <= status && status <= 399) {
    return "probe the address that it redirects to; redirects are not followed";
  }
  if (status == 401 || status == 403) {
    return "give the probe the header that lets it in, as a credential";
  }
  if (status == 404) {
    return "compare the path of the probe with what this version of the service offers";
  }
  return "read " + journal + " for what the service lacks";
}

}  // namespace

std::string observation(const ProbeKey& asked, const Probe& probe) {
  switch (probe.outcome) {
    case ProbeOutcome::passed:
      return "it does";
    case ProbeOutcome::refused:
      return "nobody takes connections there";
    case ProbeOutcome::unreachable:
      return "there is no way to that address";
    case ProbeOutcome::timeout:
      return "no whole answer within " + semantics::print_span({asked.pace.timeout});
    case ProbeOutcome::closed:
      return "it hung up before it had answered";
    case ProbeOutcome::protocol:
      return "what answers there does not speak HTTP";
    case ProbeOutcome::tls:
      return "no TLS connection that can be trusted: " + probe.note;
    case ProbeOutcome::status:
      return "it answers " + std::to_string(probe.status);
    case ProbeOutcome::answer:
      return is_http(asked) ? "it answers with another body" : "it answers something else";
  }
  return {};
}

std::string advice(const ProbeKey& asked, const Probe& probe, const Spec& spec) {
  const std::string user = spec.user.empty() ? " " : " --user ";
  const std::string journal = "journalctl" + user + "-u " + asked.unit;
  switch (probe.outcome) {
    case ProbeOutcome::passed:
      return {};
    case ProbeOutcome::status:
      return advice_on(probe.status, journal);
    case ProbeOutcome::timeout:
      return "see what it is busy with in " + journal + "; systemctl" + user + "restart " +
             asked.unit + " if it hangs";
    case ProbeOutcome::tls:
      return "renew the certificate, or name the one to trust in `ca`";
    case ProbeOutcome::protocol:
      return "compare scheme and port of the probe with the configuration of " + asked.unit;
    case ProbeOutcome::unreachable:
      return "compare the address of the probe with those of this host (ip address, ip route)";
    case ProbeOutcome::answer:
      return is_http(asked)
                 ? "ask by hand with curl and compare the body with the pattern in `body`"
                 : "ask by hand and compare the answer with `expect`; then read " + journal;
    default:
      return "read " + journal + ", and compare the address in its configuration";
  }
}
}  // namespace checklist::checks
