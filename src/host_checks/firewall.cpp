// SPDX-License-Identifier: MIT
// What the firewall opens has a listener, and what listens beyond loopback is open; see
// docs/checks/firewall.md.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "checklist/check.hpp"

#include "checks/sockets/declared_addresses.hpp"
#include "checks/sockets/ownership.hpp"
#include "semantics/net/address.hpp"
#include "semantics/net/ports.hpp"

namespace checklist::host_checks {
namespace {
using semantics::Ports;

struct Params {
  std::vector<Ports> open;
  std::vector<Ports> allow;
};

constexpr std::tuple fields{
    Field{"open", &Params::open, "the ports that the firewall opens"},
    Field{"allow", &Params::allow,
          "ports that may be closed while a process listens on them beyond loopback"}};

constexpr auto has_listener = "a process listens on the open port";
constexpr auto is_open = "the firewall opens the port";

// The listeners of one port, as "0.0.0.0 (nginx.service)".
using Listening = std::set<std::string>;
using ByPort = std::map<std::pair<Protocol, std::uint16_t>, Listening>;

struct Seen {
  ByPort beyond_loopback;
  ByPort on_loopback;
};

Seen sorted_by_port(const std::vector<Listener>& listeners) {
  Seen out;
  for (const Listener& listener : listeners) {
    if (listener.protocol == Protocol::unix_stream) {
      continue;
    }
    const semantics::Address address = semantics::address_of(listener);
    ByPort& ports = semantics::is_loopback(address) ? out.on_loopback : out.beyond_loopback;
    ports[{address.protocol, address.port}].insert(
        address.host + " (" + checks::describe_owner(listener.cgroup, listener.uid) + ")");
  }
  return out;
}

std::string joined(const Listening& listening) {
  std::string out;
  for (const std::string& each : listening) {
    out += (out.empty() ? "" : ", ") + each;
  }
  return out;
}

std::string print_port(const std::pair<Protocol, std::uint16_t>& port) {
  return semantics::print_ports(
      {.protocol = port.first, .first = port.second, .last = port.second});
}

bool contain(const std::vector<Ports>& ports, const std::pair<Protocol, std::uint16_t>& port) {
  return std::ranges::any_of(
      ports, [&port](const Ports& each) { return each.contains(port.first, port.second); });
}

// The listeners of a port that a spec declares are judged by that spec's port_bindings.
bool is_declared(const HostInputs& scene, const Ports& ports) {
  return std::ranges::any_of(scene.specs, [&ports](const Spec& spec) {
    return spec.enabled &&
           std::ranges::any_of(checks::declared_addresses(spec),
                               [&ports](const semantics::Address& address) {
                                 return ports.contains(address.protocol, address.port);
                               });
  });
}

// A range is opened for ports that a program chooses while it runs, so nothing need listen there.
void judge_open(const Params& want, const HostInputs& scene, const Seen& seen, Findings& out) {
  for (const Ports& ports : want.open) {
    const std::pair port{ports.protocol, ports.first};
    if (!ports.is_one() || is_declared(scene, ports)) {
      continue;
    }
    const std::string subject = semantics::print_ports(ports);
    if (const auto found = seen.beyond_loopback.find(port); found != seen.beyond_loopback.end()) {
      out.push_back(pass({.subject = subject,
                          .expected = has_listener,
                          .observed = "listening: " + joined(found->second)}));
      continue;
    }
    const auto local = seen.on_loopback.find(port);
    const bool is_local = local != seen.on_loopback.end();
    out.push_back(fail({.subject = subject,
                        .reason = "not_listening",
                        .expected = has_listener,
                        .observed = is_local ? "only on loopback: " + joined(local->second)
                                             : "no process listens there",
                        .hint = is_local ? "close the port in the firewall, or let the service "
                                           "listen on the host's addresses"
                                         : "start the service that the port was opened for, or "
                                           "close the port in the firewall"}));
  }
}

// Programs that send datagrams take a port of the ephemeral range for the answers.
bool is_ephemeral(const std::pair<Protocol, std::uint16_t>& port, const PortRange& range) {
  return port.first == Protocol::udp && range.first <= port.second && port.second <= range.last;
}

void judge_listening(const Params& want, const PortRange& ephemeral, const Seen& seen,
                     Findings& out) {
  for (const auto& [port, listening] : seen.beyond_loopback) {
    if (contain(want.open, port) || contain(want.allow, port) || is_ephemeral(port, ephemeral)) {
      continue;
    }
    const std::string subject = print_port(port);
    out.push_back(fail({.subject = subject,
                        .reason = "not_open",
                        .expected = is_open,
                        .observed = "closed, and listened on: " + joined(listening),
                        .hint = "open the port in the firewall, let the service listen on loopback "
                                "only, or add \"" +
                                subject + "\" to host.firewall.allow in checklistd.json"}));
  }
}

Findings evaluate(const Params& want, HostView& see) {
  const auto& listeners = see[ListenersKey{}];
  const auto& ephemeral = see[LocalPortsKey{}];
  if (!listeners) {
    return {unknown("listeners", has_listener, listeners.unseen())};
  }
  Findings out;
  const Seen seen = sorted_by_port(*listeners);
  judge_open(want, see.scene(), seen, out);
  if (ephemeral) {
    judge_listening(want, *ephemeral, seen, out);
  } else {
    out.push_back(unknown("closed ports", is_open, ephemeral.unseen()));
  }
  if (out.empty()) {
    out.push_back(pass({.subject = "ports",
                        .expected = is_open,
                        .observed = "no process listens on a closed port"}));
  }
  return out;
}
}  // namespace

extern const HostCheckDef firewall;
const HostCheckDef firewall = host_check<Params, fields, evaluate>(
    "open ports have a listener, and nothing listens on closed ones", RunsWhen::when_configured);
}  // namespace checklist::host_checks
