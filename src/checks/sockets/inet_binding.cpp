// SPDX-License-Identifier: MIT
// How a unit is bound to an IP address; see checks/sockets/binding.hpp.
#include <algorithm>
#include <optional>

#include "checks/sockets/binding.hpp"

namespace checklist::checks {
namespace {
bool same_port(const semantics::Address& one, const semantics::Address& other) {
  return one.protocol == other.protocol && one.port == other.port;
}

bool is_declared(std::span<const semantics::Address> all, const semantics::Address& like,
                 const char* host) {
  return std::ranges::any_of(all, [&](const semantics::Address& each) {
    return same_port(each, like) && each.host == host;
  });
}

// 0.0.0.0 and [::] declared together are `*`, which one or two sockets may serve.
semantics::Address as_meant(const semantics::Address& declared,
                            std::span<const semantics::Address> all) {
  semantics::Address meant = declared;
  if (semantics::is_wildcard(declared) && is_declared(all, declared, "0.0.0.0") &&
      is_declared(all, declared, "::")) {
    meant.host = "*";
  }
  return meant;
}

// Returns whether a socket of the unit is reachable from more addresses than any declared one.
bool is_wider(const semantics::Address& found, const semantics::Address& declared,
              std::span<const semantics::Address> all) {
  const auto allows = [&found, &all](const semantics::Address& each) {
    const semantics::Address meant = as_meant(each, all);
    return same_port(found, each) && (meant.host == "*" || meant.host == "::" || found == each);
  };
  return semantics::is_wildcard(found) && same_port(found, declared) &&
         std::ranges::none_of(all, allows);
}

// Returns the listener of that ownership that receives what is sent to `part`; null if a socket of
// the unit does.
const OwnedListener* held_by(Ownership ownership, const semantics::Address& part,
                             const semantics::Address& meant,
                             std::span<const OwnedListener> listeners) {
  const OwnedListener* holder = nullptr;
  for (const OwnedListener& each : listeners) {
    const bool exact = semantics::is_exactly(each.address, part, meant);
    if (exact && each.holder.ownership == Ownership::ours) {
      return nullptr;  // the more exact of two sockets receives
    }
    if (each.holder.ownership == ownership && (exact || semantics::covers(each.address, part))) {
      holder = &each;
    }
  }
  return holder;
}

const OwnedListener* exactly_ours(const semantics::Address& part, const semantics::Address& meant,
                                  std::span<const OwnedListener> listeners) {
  const auto at = std::ranges::find_if(listeners, [&](const OwnedListener& each) {
    return each.holder.ownership == Ownership::ours &&
           semantics::is_exactly(each.address, part, meant);
  });
  return at != listeners.end() ? &*at : nullptr;
}

// With SO_REUSEPORT, connections go to either of two sockets. UDP ports are shared on purpose, for
// multicast.
const OwnedListener* shared_with(const semantics::Address& part,
                                 std::span<const OwnedListener> listeners) {
  const auto at = std::ranges::find_if(listeners, [&part](const OwnedListener& each) {
    return part.protocol == Protocol::tcp && each.holder.ownership == Ownership::foreign &&
           each.address == part;
  });
  return at != listeners.end() ? &*at : nullptr;
}

Binding bound_by(BindingState state, const OwnedListener& other) {
  return {.state = state,
          .by = describe_owner(other.listener->cgroup, other.listener->uid),
          .at = semantics::print_address(other.address)};
}

// Returns another address of the unit on that port, which is not declared as well.
const OwnedListener* ours_elsewhere(const semantics::Address& part,
                                    std::span<const semantics::Address> all,
                                    std::span<const OwnedListener> listeners) {
  const auto at = std::ranges::find_if(listeners, [&](const OwnedListener& each) {
    return each.holder.ownership == Ownership::ours && same_port(each.address, part) &&
           std::ranges::find(all, each.address) == all.end();
  });
  return at != listeners.end() ? &*at : nullptr;
}

// The binding of one declared socket, or of one half of `*`.
Binding part_binding(const semantics::Address& part, const semantics::Address& meant,
                     std::span<const semantics::Address> all,
                     std::span<const OwnedListener> listeners) {
  if (const auto* other = shared_with(part, listeners)) {
    return bound_by(BindingState::foreign, *other);
  }
  if (const auto* ours = exactly_ours(part, meant, listeners)) {
    return {.state = BindingState::exactly, .by = ours->holder.unit};
  }
  if (const auto* other = held_by(Ownership::foreign, part, meant, listeners)) {
    return bound_by(BindingState::foreign, *other);
  }
  if (const auto* other = held_by(Ownership::unknown, part, meant, listeners)) {
    return bound_by(BindingState::unclear, *other);
  }
  if (const auto* ours = ours_elsewhere(part, all, listeners)) {
    return {.state = BindingState::missing,
            .by = ours->holder.unit,
            .at = semantics::print_address(ours->address)};
  }
  return {};
}

// Returns the sockets to look for.
std::vector<semantics::Address> needed(const semantics::Address& declared,
                                       const semantics::Address& meant, Star star) {
  if (meant.host != "*" || star == Star::both) {
    return semantics::parts(declared);
  }
  auto out = semantics::parts(meant);
  if (star == Star::ipv4) {
    out.resize(1);
  }
  return out;
}
}  // namespace

Binding inet_binding(const semantics::Address& declared,
                     std::span<const semantics::Address> all_declared,
                     std::span<const OwnedListener> listeners, Star star) {
  const semantics::Address meant = as_meant(declared, all_declared);
  const bool one_is_enough = meant.host == "*" && star == Star::any;
  std::optional<Binding> first_missing;
  Binding last;
  for (const semantics::Address& part : needed(declared, meant, star)) {
    const Binding found = part_binding(part, meant, all_declared, listeners);
    if (found.state == BindingState::foreign) {
      return found;
    }
    const auto wider = std::ranges::find_if(listeners, [&](const OwnedListener& each) {
      return each.holder.ownership == Ownership::ours &&
             is_wider(each.address, declared, all_declared);
    });
    if (wider != listeners.end()) {
      return {.state = BindingState::wider,
              .by = wider->holder.unit,
              .at = semantics::print_address(wider->address)};
    }
    if (found.state == BindingState::exactly) {
      last = found;
    } else if (found.state != BindingState::missing || !one_is_enough) {
      return found;
    } else if (!first_missing) {
      first_missing = found;
    }
  }
  return last.state == BindingState::exactly || !first_missing ? last : *first_missing;
}

bool is_related(const semantics::Address& found, const semantics::Address& declared) {
  return same_port(found, declared) &&
         (semantics::is_wildcard(found) || semantics::covers(declared, found));
}
}  // namespace checklist::checks
