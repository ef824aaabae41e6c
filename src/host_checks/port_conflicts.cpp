// SPDX-License-Identifier: MIT
// No address is declared by two specs or listened on by two units; see
// docs/checks/port_conflicts.md.
#include <algorithm>
#include <iterator>
#include <utility>

#include "checklist/check.hpp"

#include "checks/sockets/declared_addresses.hpp"
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

constexpr const char* expected = "one unit per address";

// An address that a spec declares, or that a unit listens on.
struct AddressUse {
  Address address;
  std::string unit;
  std::string user;  // whose manager has the unit: a name from specs, a number from listeners

  [[nodiscard]] std::string text() const { return user.empty() ? unit : user + "/" + unit; }

  auto operator<=>(const AddressUse&) const = default;
};

std::vector<AddressUse> declared_uses(const HostInputs& inputs) {
  std::vector<AddressUse> out;
  for (const Spec& spec : inputs.specs) {
    if (!spec.enabled) {
      continue;
    }
    for (Address& address : checks::declared_addresses(spec)) {
      out.push_back({std::move(address), spec.unit, spec.user});
    }
  }
  return out;
}

bool is_declared(const std::vector<AddressUse>& declared, const Address& address) {
  return std::ranges::any_of(declared, [&](const AddressUse& use) {
    return covers(use.address, address) || covers(address, use.address);
  });
}

// Returns the listeners of units. UDP sockets often share a port for multicast, so they count only
// on addresses that a spec declares.
std::vector<AddressUse> listening_uses(const std::vector<Listener>& listeners,
                                       const std::vector<AddressUse>& declared) {
  std::vector<AddressUse> out;
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

// Returns whether `other` names the unit of `use` or a unit that it triggers.
Observed<bool> is_unit_or_triggered(const AddressUse& use, const std::string& other,
                                    HostView& see) {
  const auto& id = see[UnitKey{use.unit}];
  const auto& triggers = see[PropertyKey{use.unit, "Triggers"}];
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

// Returns whether both are the same service: one unit, an alias of it, or the socket unit that
// triggers it.
Observed<bool> is_same_service(const AddressUse& a, const AddressUse& b, HostView& see) {
  if (a.unit == b.unit && a.user == b.user) {
    return true;
  }
  if (a.user != see.scene().user || b.user != see.scene().user) {
    return false;  // another manager's units cannot be looked up
  }
  const auto same = is_unit_or_triggered(a, b.unit, see);
  return same && !*same ? is_unit_or_triggered(b, a.unit, see) : same;
}

struct Conflict {
  std::string reason;
  std::string verb;
  std::string hint;
};

Finding conflict_finding(const AddressUse& a, const AddressUse& b, const Conflict& kind) {
  const auto& narrow = covers(a.address, b.address) ? b.address : a.address;
  const std::string wide = print_address(covers(a.address, b.address) ? a.address : b.address);
  const std::string address = print_address(narrow);
  return fail({.subject = address,
               .reason = kind.reason,
               .expected = expected,
               .observed = a.text() + " and " + b.text() + " " + kind.verb + " " + address +
                           (wide == address ? "" : ", one of them as " + wide),
               .hint = kind.hint});
}

// Sorts uses of one port of one protocol together, so that only neighbours are compared.
bool is_before(const AddressUse& a, const AddressUse& b) {
  return std::tie(a.address.protocol, a.address.port, a) <
         std::tie(b.address.protocol, b.address.port, b);
}

void add_conflicts(std::vector<AddressUse> uses, const Conflict& kind, HostView& see,
                   Findings& out) {
  std::ranges::sort(uses, is_before);
  for (auto a = uses.begin(); a != uses.end(); ++a) {
    for (auto b = std::next(a); b != uses.end() && b->address.protocol == a->address.protocol &&
                                b->address.port == a->address.port;
         ++b) {
      if (!covers(a->address, b->address) && !covers(b->address, a->address)) {
        continue;
      }
      const auto is_same = is_same_service(*a, *b, see);
      if (!is_same) {
        out.push_back(unknown(print_address(a->address), expected, is_same.unseen()));
      } else if (!*is_same) {
        out.push_back(conflict_finding(*a, *b, kind));
      }
    }
  }
}

Findings evaluate(const Params& /*want*/, HostView& see) {
  Findings out;
  const auto declared = declared_uses(see.scene());
  add_conflicts(declared,
                {"declared_twice", "declare",
                 "give one of them another address, in its configuration and in its spec"},
                see, out);
  const auto& listeners = see[ListenersKey{}];
  if (!listeners) {
    out.push_back(unknown("listeners", expected, listeners.unseen()));
  } else {
    add_conflicts(listening_uses(*listeners, declared),
                  {"held_twice", "listen on", "stop the unit that should not listen there"}, see,
                  out);
  }
  std::ranges::sort(out, {}, [](const Finding& f) { return std::tie(f.subject, f.observed); });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.empty()) {
    out.push_back(pass({.subject = "addresses", .expected = expected, .observed = "no conflict"}));
  }
  return out;
}
}  // namespace

extern const HostCheckDef port_conflicts;
const HostCheckDef port_conflicts = host_check<Params, fields, evaluate>(
    "no address is declared by two specs or listened on by two units", RunsWhen::always);
}  // namespace checklist::host_checks
