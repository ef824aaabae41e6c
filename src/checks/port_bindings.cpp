// SPDX-License-Identifier: MIT
// The unit listens on its declared addresses and no others; see docs/checks/port_bindings.md.
#include <algorithm>
#include <map>
#include <set>

#include "checklist/check.hpp"

#include "checks/earlier/earlier_life.hpp"
#include "checks/sockets/binding_finding.hpp"
#include "checks/sockets/declared_addresses.hpp"
#include "checks/sockets/host_binding.hpp"
#include "checks/view/command.hpp"
#include "semantics/net/address.hpp"
#include "semantics/text/sentence.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;
using semantics::address_of;
using Listeners = std::vector<Listener>;

using Params = BindingRequest;
constexpr const auto& fields = binding_request_fields;

// Returns the TCP and UDP listeners to judge: the unit's own, and others on declared ports.
std::vector<OwnedListener> relevant_listeners(const Params& want, const Listeners& listeners,
                                              const UnitSockets& units, View& see) {
  std::vector<OwnedListener> out;
  for (const Listener& each : listeners) {
    const Address address = address_of(each);
    const auto is_near = [&address](const Address& declared) {
      return covers(address, declared) || covers(declared, address);
    };
    const bool is_ours = !units.owning_unit(each.cgroup).empty();
    if (each.protocol != Protocol::unix_stream &&
        (is_ours || std::ranges::any_of(want.listen, is_near))) {
      out.push_back({address, holder_of(each, units, see), &each});
    }
  }
  return out;
}

bool is_ephemeral(const Address& address, const PortRange& range) {
  return range.first <= address.port && address.port <= range.last;
}

bool is_extra(const OwnedListener& listener, const Params& want) {
  const auto is_declared = [&listener](const Address& declared) {
    return is_related(listener.address, declared);
  };
  return listener.holder.ownership == Ownership::ours && want.extra != Extra::allow &&
         (want.extra != Extra::loopback || !is_loopback(listener.address)) &&
         std::ranges::none_of(want.listen, is_declared);
}

// Returns the name of an undeclared listener. An ephemeral port differs after every start, so it is
// left out of the name; on UDP it may be a client's, which is no service: the name is empty.
std::string listener_name(const Address& address, const Observed<PortRange>& range) {
  if (!range || !is_ephemeral(address, *range)) {
    return print_address(address);
  }
  return address.protocol == Protocol::tcp ? "tcp:" + address.host + " on an ephemeral port" : "";
}

// Addresses by listener name.
using ByName = std::map<std::string, std::set<std::string>>;

Observed<ByName> undeclared(const Params& want, const std::vector<OwnedListener>& listeners,
                            View& see) {
  ByName out;
  for (const OwnedListener& each : listeners) {
    if (!is_extra(each, want)) {
      continue;
    }
    const auto& range = see[LocalPortsKey{}];
    if (!range && each.address.protocol == Protocol::udp) {
      return range.unseen();
    }
    out[listener_name(each.address, range)].insert(print_address(each.address));
  }
  out.erase("");
  return out;
}

// Judges the unit's undeclared listeners.
Findings extras(const Params& want, const std::vector<OwnedListener>& listeners, View& see) {
  const std::string expected = want.extra == Extra::deny ? "no undeclared TCP or UDP listener"
                                                         : "no undeclared listener beyond loopback";
  const auto found = undeclared(want, listeners, see);
  if (!found) {
    return {unknown("extra", expected, found.unseen())};
  }
  Findings out;
  for (const auto& [what, addresses] : *found) {
    out.push_back(fail({.subject = what,
                        .reason = "extra",
                        .expected = expected,
                        .observed = see.unit() + " is listening on " + what,
                        .hint = "bind it to loopback, or declare it in `listen`",
                        .details = semantics::enumerated(addresses)}));
  }
  if (out.empty() && want.extra != Extra::allow) {
    out.push_back(
        pass({.subject = "extra", .expected = expected, .observed = "no undeclared listener"}));
  }
  return out;
}

Finding not_up() {
  return skip({.subject = "listen",
               .reason = "not_up",
               .expected = "judged while the unit is up",
               .observed = "the unit is not up"});
}

// A server of an earlier run that keeps the address answers with its previous configuration.
Findings leftovers(const Params& want, View& see) {
  const Leftover left = want.listen.empty() ? Leftover::none : leftover_of(see);
  Finding out{.subject = "processes",
              .reason = "leftover",
              .expected = "listeners are processes of this run"};
  if (left == Leftover::listening) {
    out.observed = "a process of an earlier run of " + see.unit() + " is listening";
    out.hint = "run " + systemctl(see, "stop") + " and " + systemctl(see, "kill") + ", then " +
               systemctl(see, "start");
    return {fail(std::move(out))};
  }
  if (left == Leftover::unclear) {
    out.observed = "a process of an earlier run is left, and may be the one that listens";
    out.hint = "enable checklistd-files.path and checklistd-files.timer, or restart " + see.unit();
    return {unknown(std::move(out))};
  }
  return {};
}

Findings evaluate(const Params& want, View& see) {
  const auto phase = phase_of(see).phase;
  const auto scope = binding_scope(phase);
  if (phase == Phase::unseen) {
    return {unknown("listen", "unit state is known", see[UnitKey{see.unit()}].unseen())};
  }
  if (scope == BindingScope::nothing) {
    return {not_up()};
  }
  const auto& listeners = see[ListenersKey{}];
  if (!listeners) {
    return {unknown("listen", "the sockets of the host can be listed", listeners.unseen())};
  }
  if (const auto blind = see.unseen_among({"TriggeredBy"})) {
    return {unknown("listen", "the socket units of the unit are known", *blind)};
  }
  const UnitSockets units(see);
  const auto relevant = relevant_listeners(want, *listeners, units, see);
  Findings out = leftovers(want, see);
  for (const Address& declared : want.listen) {
    const auto binding = declared.protocol == Protocol::unix_stream
                             ? unix_binding(declared, *listeners, units, see)
                             : binding_on_host(declared, want, relevant, see);
    out.push_back(binding_finding(declared, binding, scope, units, see));
  }
  if (scope == BindingScope::all || scope == BindingScope::settling) {
    std::ranges::move(extras(want, relevant, see), std::back_inserter(out));
  }
  return out.empty() ? Findings{not_up()} : out;
}

// Returns whether a unix socket may be the unit's. Only such a socket is connected to.
bool is_near_unix(const Listener& listener, const UnitSockets& units, View& see) {
  const auto directories = see.list("RuntimeDirectory");
  const auto is_below = [&listener](const std::string& directory) {
    return listener.address.starts_with("/run/" + directory + "/");
  };
  return listener.protocol == Protocol::unix_stream &&
         (std::ranges::any_of(directories, is_below) ||
          !units.active_socket(see, address_of(listener)).empty());
}

// Returns sorted addresses, where those of both families are written as the one that means both.
std::vector<Address> joined(std::set<Address> all) {
  for (const Address& each : std::vector(all.begin(), all.end())) {
    const Address other{each.protocol, "::", each.port};
    if (each.host == "0.0.0.0" && all.erase(other) > 0) {
      all.erase(each);
      all.insert({each.protocol, "*", each.port});
    }
  }
  return {all.begin(), all.end()};
}

// Leaves out ephemeral ports: clients have them, and servers that bind port 0.
Params capture(View& see) {
  std::set<Address> found;
  const auto& listeners = see[ListenersKey{}];
  const auto& range = see[LocalPortsKey{}];
  const UnitSockets units(see);
  for (const Listener& each : listeners ? *listeners : Listeners{}) {
    const Address address = address_of(each);
    const bool is_any_port = range && is_ephemeral(address, *range) &&
                             (address.protocol == Protocol::udp || is_loopback(address));
    if (!units.owning_unit(each.cgroup).empty() && !is_any_port) {
      found.insert(address);
    }
    if (is_near_unix(each, units, see) &&
        unix_binding(address, *listeners, units, see).state == BindingState::exactly) {
      found.insert(address);
    }
  }
  Params out;
  out.listen = joined(std::move(found));
  return out;
}
}  // namespace

extern const CheckDef port_bindings;
const CheckDef port_bindings = check<Params, fields, evaluate, capture>(
    "the unit listens exactly where it should", RunsWhen::when_configured,
    {.kind = CheckClass::symptom});
}  // namespace checklist::checks
