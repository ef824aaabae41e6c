// SPDX-License-Identifier: MIT
// The unit listens exactly where it should, and nobody else does.
#include <algorithm>
#include <map>
#include <set>

#include "checklist/check.hpp"

#include "checks/sockets/binding_finding.hpp"
#include "semantics/net/address.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;
using semantics::address_of;
using Listeners = std::vector<Listener>;

struct Params {
  std::vector<Address> listen;
  Extra extra = Extra::loopback;
};

constexpr std::tuple fields{
    Field{"listen", &Params::listen, "the addresses that the unit listens on"},
    Field{"extra", &Params::extra, "where else it may listen: on loopback, nowhere, anywhere"}};

// The TCP and UDP listeners that could matter: the unit's own, and whoever is on a declared port.
std::vector<Claim> claims_on(const Params& want, const Listeners& listeners,
                             const Household& household, View& see) {
  std::vector<Claim> claims;
  for (const Listener& each : listeners) {
    const Address address = address_of(each);
    const auto is_near = [&address](const Address& declared) {
      return covers(address, declared) || covers(declared, address);
    };
    const bool is_ours = !household.member(each.cgroup).empty();
    if (each.protocol != Protocol::unix_stream &&
        (is_ours || std::ranges::any_of(want.listen, is_near))) {
      claims.push_back({address, holder_of(each, household, see), &each});
    }
  }
  return claims;
}

bool is_clients_port(const Address& address, const PortRange& range) {
  return range.first <= address.port && address.port <= range.last;
}

bool is_extra(const Claim& claim, const Params& want) {
  const auto is_declared = [&claim](const Address& declared) {
    return is_related(claim.address, declared);
  };
  return claim.holder.belongs == Belongs::to_us && want.extra != Extra::allow &&
         (want.extra != Extra::loopback || !is_loopback(claim.address)) &&
         std::ranges::none_of(want.listen, is_declared);
}

Finding on_extra(Status status, std::string observed) {
  const bool good = status == Status::pass;
  return {.status = status,
          .subject = "extra",
          .reason = good ? "" : "extra",
          .expected = {},
          .observed = std::move(observed),
          .hint = good ? "" : "bind it to loopback, or declare it in `listen`",
          .details = {}};
}

// How an undeclared listener is called. A port of the kernel's choice is not named: it differs
// after every start, and a UDP client has one, too: that is nobody's service.
std::string called(const Address& address, const Observed<PortRange>& range) {
  if (!range || !is_clients_port(address, *range)) {
    return print_address(address);
  }
  return address.protocol == Protocol::tcp
             ? "tcp:" + address.host + " on a port of the kernel's choice"
             : "";
}

// Addresses by what they are called.
using Called = std::map<std::string, std::set<std::string>>;

Observed<Called> undeclared(const Params& want, const std::vector<Claim>& claims, View& see) {
  Called out;
  for (const Claim& claim : claims) {
    if (!is_extra(claim, want)) {
      continue;
    }
    const auto& range = see[LocalPortsKey{}];
    if (!range && claim.address.protocol == Protocol::udp) {
      return range.unseen();
    }
    out[called(claim.address, range)].insert(print_address(claim.address));
  }
  out.erase("");
  return out;
}

// The unit's listeners that were not declared.
Findings extras(const Params& want, const std::vector<Claim>& claims, View& see) {
  const std::string expected = want.extra == Extra::deny ? "no other TCP or UDP service"
                                                         : "no other service beyond loopback";
  const auto found = undeclared(want, claims, see);
  if (!found) {
    return {unknown("extra", expected, found.unseen())};
  }
  Findings out;
  for (const auto& [what, addresses] : *found) {
    Finding finding = on_extra(Status::fail, see.unit() + " listens on " + what);
    finding.subject = what;
    for (const auto& address : addresses) {
      finding.details += (finding.details.empty() ? "" : ", ") + address;
    }
    out.push_back(std::move(finding));
  }
  if (out.empty() && want.extra != Extra::allow) {
    out.push_back(on_extra(Status::pass, "none"));
  }
  for (Finding& finding : out) {
    finding.expected = expected;
  }
  return out;
}

Findings skipped(const std::string& why) {
  return {{.status = Status::skip,
           .subject = "listen",
           .reason = "not_up",
           .expected = "judged while the unit is up",
           .observed = why,
           .hint = {},
           .details = {}}};
}

Findings evaluate(const Params& want, View& see) {
  const auto phase = life_of(see).phase;
  const auto scope = binding_scope(phase);
  if (phase == Phase::unseen) {
    return {unknown("listen", "the unit's state is known", see[UnitKey{see.unit()}].unseen())};
  }
  if (scope == BindingScope::nothing) {
    return skipped("the unit is not up");
  }
  const auto& listeners = see[ListenersKey{}];
  if (!listeners) {
    return {unknown("listen", "the sockets of this host can be listed", listeners.unseen())};
  }
  if (const auto blind = see.unseen_among({"TriggeredBy"})) {
    return {unknown("listen", "it is known which socket units belong to it", *blind)};
  }
  const Household household(see);
  const auto claims = claims_on(want, *listeners, household, see);
  Findings out;
  for (const Address& declared : want.listen) {
    const auto binding = declared.protocol == Protocol::unix_stream
                             ? unix_binding(declared, *listeners, household, see)
                             : inet_binding(declared, want.listen, claims);
    out.push_back(binding_finding(declared, binding, scope, household, see));
  }
  if (scope == BindingScope::all || scope == BindingScope::settling) {
    std::ranges::move(extras(want, claims, see), std::back_inserter(out));
  }
  return out.empty() ? skipped("the unit is not up") : out;
}

// Whether a unix socket may be the unit's: nobody connects to every socket of the host to find out.
bool is_near_unix(const Listener& listener, const Household& household, View& see) {
  const auto directories = see.list("RuntimeDirectory");
  const auto is_below = [&listener](const std::string& directory) {
    return listener.address.starts_with("/run/" + directory + "/");
  };
  return listener.protocol == Protocol::unix_stream &&
         (std::ranges::any_of(directories, is_below) ||
          !household.active_socket(see, address_of(listener)).empty());
}

// Ports of the kernel's choice are left out: clients' sockets, and servers that ask for any port.
Params capture(View& see) {
  Params out;
  const auto& listeners = see[ListenersKey{}];
  const auto& range = see[LocalPortsKey{}];
  const Household household(see);
  for (const Listener& each : listeners ? *listeners : Listeners{}) {
    const Address address = address_of(each);
    const bool is_any_port = range && is_clients_port(address, *range) &&
                             (address.protocol == Protocol::udp || is_loopback(address));
    if (!household.member(each.cgroup).empty() && !is_any_port) {
      out.listen.push_back(address);
    }
    if (is_near_unix(each, household, see) &&
        unix_binding(address, *listeners, household, see).bound == Bound::exactly) {
      out.listen.push_back(address);
    }
  }
  std::ranges::sort(out.listen);
  out.listen.erase(std::unique(out.listen.begin(), out.listen.end()), out.listen.end());
  return out;
}
}  // namespace

extern const CheckDef port_bindings;
const CheckDef port_bindings = check<Params, fields, evaluate, capture>(
    "the unit listens exactly where it should", RunsWhen::when_configured);
}  // namespace checklist::checks
