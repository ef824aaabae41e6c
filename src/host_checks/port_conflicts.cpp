// SPDX-License-Identifier: MIT
// No address is declared by two specs, or held by two units; see docs/checks/port_conflicts.md.
#include <algorithm>
#include <iterator>
#include <utility>

#include "checklist/check.hpp"

#include "checks/sockets/ownership.hpp"
#include "semantics/net/address.hpp"
#include "semantics/unit/spec_name.hpp"

namespace checklist::host_checks {
namespace {
using semantics::Address;
using semantics::covers;
using semantics::print_address;

struct Params {};

constexpr std::tuple<> fields{};

// Somebody and an address: of a spec, or of a listener.
struct Claim {
  Address address;
  std::string unit;
  std::string user;  // whose manager has the unit: a name in specs, a number of listeners

  [[nodiscard]] std::string text() const { return user.empty() ? unit : user + "/" + unit; }

  auto operator<=>(const Claim&) const = default;
};

std::vector<Claim> declared(const HostInputs& scene) {
  std::vector<Claim> out;
  for (const Spec& spec : scene.specs) {
    const auto arguments = spec.checks.find("port_bindings");
    if (!spec.enabled || arguments == spec.checks.end()) {
      continue;
    }
    const auto listen = arguments->second.find("listen");
    const auto* addresses =
        listen != arguments->second.end() ? listen->second.get<Values>() : nullptr;
    for (const Value& each : addresses != nullptr ? *addresses : Values{}) {
      if (auto address = ParameterType<Address>::parse(each)) {
        out.push_back({std::move(*address), spec.unit, spec.user});
      }
    }
  }
  return out;
}

bool is_declared(const std::vector<Claim>& declared, const Address& address) {
  return std::ranges::any_of(declared, [&](const Claim& claim) {
    return covers(claim.address, address) || covers(address, claim.address);
  });
}

// The listeners of units. UDP sockets share ports for multicast as a matter of course: of them only
// those count whose address a spec declares.
std::vector<Claim> held(const std::vector<Listener>& listeners,
                        const std::vector<Claim>& declared) {
  std::vector<Claim> out;
  for (const Listener& listener : listeners) {
    auto [unit, uid] = checks::owner_of(listener.cgroup);
    const Address address = semantics::address_of(listener);
    const bool counts = listener.protocol == Protocol::tcp ||
                        (listener.protocol == Protocol::udp && is_declared(declared, address));
    if (counts && !unit.empty()) {
      out.push_back({address, std::move(unit), uid.value_or("")});
    }
  }
  return out;
}

// Whether the other name is of the claim's own unit, or of one that it triggers.
Observed<bool> stands_for(const Claim& claim, const std::string& other, HostView& see) {
  const auto& id = see[UnitKey{claim.unit}];
  const auto& triggers = see[PropertyKey{claim.unit, "Triggers"}];
  if (id.pending() || triggers.pending()) {
    return {};
  }
  const auto* list = triggers ? triggers->get<Values>() : nullptr;
  const auto triggered = texts(list != nullptr ? *list : Values{});
  if ((id && id->id == other) || std::ranges::count(triggered, other) > 0) {
    return true;
  }
  return id ? Observed<bool>(false) : Observed<bool>(id.unseen());
}

// Whether both are one and the same: by an alias, or a unit and the socket unit that triggers it.
Observed<bool> are_one(const Claim& a, const Claim& b, HostView& see) {
  if (a.unit == b.unit && a.user == b.user) {
    return true;
  }
  if (a.user != see.scene().user || b.user != see.scene().user) {
    return false;  // nobody to ask
  }
  const auto there = stands_for(a, b.unit, see);
  return there && !*there ? stands_for(b, a.unit, see) : there;
}

struct Conflict {
  std::string reason;
  std::string verb;
  std::string hint;
};

Finding judged(const Claim& a, const Claim& b, const Conflict& kind) {
  const auto& narrow = covers(a.address, b.address) ? b.address : a.address;
  const std::string wide = print_address(covers(a.address, b.address) ? a.address : b.address);
  const std::string how =
      wide == print_address(narrow) ? kind.verb : kind.verb + ", one of them as " + wide;
  return {.status = Status::fail,
          .subject = print_address(narrow),
          .reason = kind.reason,
          .expected = "one unit has it",
          .observed = a.text() + " and " + b.text() + " " + how,
          .hint = kind.hint,
          .details = {}};
}

// Claims on one port of one protocol stand together, so that only neighbours are compared.
bool is_before(const Claim& a, const Claim& b) {
  return std::tie(a.address.protocol, a.address.port, a) <
         std::tie(b.address.protocol, b.address.port, b);
}

void add_conflicts(std::vector<Claim> claims, const Conflict& kind, HostView& see, Findings& out) {
  std::ranges::sort(claims, is_before);
  for (auto a = claims.begin(); a != claims.end(); ++a) {
    for (auto b = std::next(a); b != claims.end() && b->address.protocol == a->address.protocol &&
                                b->address.port == a->address.port;
         ++b) {
      if (!covers(a->address, b->address) && !covers(b->address, a->address)) {
        continue;
      }
      const auto one = are_one(*a, *b, see);
      if (!one) {
        out.push_back(unknown(print_address(a->address), "one unit has it", one.unseen()));
      } else if (!*one) {
        out.push_back(judged(*a, *b, kind));
      }
    }
  }
}

Findings evaluate(const Params& /*want*/, HostView& see) {
  Findings out;
  const auto wanted = declared(see.scene());
  add_conflicts(wanted,
                {"declared_twice", "declare it",
                 "give one of them another address, in its "
                 "configuration and in its spec"},
                see, out);
  const auto& listeners = see[ListenersKey{}];
  if (!listeners) {
    out.push_back(unknown("listeners", "one unit has each address", listeners.unseen()));
  } else {
    add_conflicts(held(*listeners, wanted),
                  {"held_twice", "hold it", "stop the one that should not be there"}, see, out);
  }
  std::ranges::sort(out, {}, [](const Finding& f) { return std::tie(f.subject, f.observed); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.empty()) {
    out.push_back({.status = Status::pass,
                   .subject = "addresses",
                   .reason = {},
                   .expected = "each has one unit",
                   .observed = "each has",
                   .hint = {},
                   .details = {}});
  }
  return out;
}
}  // namespace

extern const HostCheckDef port_conflicts;
const HostCheckDef port_conflicts = host_check<Params, fields, evaluate>(
    "no address is declared by two specs or held by two units", RunsWhen::always);
}  // namespace checklist::host_checks
