// SPDX-License-Identifier: MIT
// Whether a unit listens on an IP address, and what stands in the way: semantics/binding.hpp.
#include <algorithm>

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

// 0.0.0.0 and [::] declared side by side are `*`, whichever sockets make it up.
semantics::Address as_meant(const semantics::Address& declared,
                            std::span<const semantics::Address> all) {
  semantics::Address meant = declared;
  if (semantics::is_wildcard(declared) && is_declared(all, declared, "0.0.0.0") &&
      is_declared(all, declared, "::")) {
    meant.host = "*";
  }
  return meant;
}

// Whether a socket of ours opens more than was declared.
bool is_wider(const semantics::Address& found, const semantics::Address& declared,
              std::span<const semantics::Address> all) {
  const auto allows = [&found, &all](const semantics::Address& each) {
    const semantics::Address meant = as_meant(each, all);
    return same_port(found, each) && (meant.host == "*" || meant.host == "::" || found == each);
  };
  return semantics::is_wildcard(found) && same_port(found, declared) &&
         std::ranges::none_of(all, allows);
}

// Whoever is not us, or not surely us, and takes what is meant for `part`.
const Claim* held_by(Belongs whom, const semantics::Address& part, const semantics::Address& meant,
                     std::span<const Claim> claims) {
  const Claim* holder = nullptr;
  for (const Claim& claim : claims) {
    const bool exact = semantics::is_exactly(claim.address, part, meant);
    if (exact && claim.holder.belongs == Belongs::to_us) {
      return nullptr;  // a more exact socket gets what a wider one would
    }
    if (claim.holder.belongs == whom && (exact || semantics::covers(claim.address, part))) {
      holder = &claim;
    }
  }
  return holder;
}

const Claim* exactly_ours(const semantics::Address& part, const semantics::Address& meant,
                          std::span<const Claim> claims) {
  const auto at = std::ranges::find_if(claims, [&](const Claim& claim) {
    return claim.holder.belongs == Belongs::to_us &&
           semantics::is_exactly(claim.address, part, meant);
  });
  return at != claims.end() ? &*at : nullptr;
}

// Connections go to either of two sockets with SO_REUSEPORT. UDP ports are shared on purpose, for
// multicast.
const Claim* shared_with(const semantics::Address& part, std::span<const Claim> claims) {
  const auto at = std::ranges::find_if(claims, [&part](const Claim& claim) {
    return part.protocol == Protocol::tcp && claim.holder.belongs == Belongs::to_others &&
           claim.address == part;
  });
  return at != claims.end() ? &*at : nullptr;
}

Binding foreign(const Claim& claim) {
  return {.bound = Bound::foreign,
          .by = describe_owner(claim.listener->cgroup, claim.listener->uid),
          .at = semantics::print_address(claim.address),
          .note = {},
          .unseen = {}};
}

// One socket that was declared, or one half of `*`.
Binding part_binding(const semantics::Address& part, const semantics::Address& meant,
                     std::span<const Claim> claims) {
  if (const auto* other = shared_with(part, claims)) {
    return foreign(*other);
  }
  if (const auto* ours = exactly_ours(part, meant, claims)) {
    return {.bound = Bound::exactly, .by = ours->holder.unit, .at = {}, .note = {}, .unseen = {}};
  }
  if (const auto* other = held_by(Belongs::to_others, part, meant, claims)) {
    return foreign(*other);
  }
  if (const auto* somebody = held_by(Belongs::unclear, part, meant, claims)) {
    Binding binding = foreign(*somebody);
    binding.bound = Bound::unclear;
    return binding;
  }
  for (const Claim& claim : claims) {
    if (claim.holder.belongs == Belongs::to_us && same_port(claim.address, part)) {
      return {.bound = Bound::missing,
              .by = claim.holder.unit,
              .at = semantics::print_address(claim.address),
              .note = {},
              .unseen = {}};
    }
  }
  return {};
}
}  // namespace

Binding inet_binding(const semantics::Address& declared,
                     std::span<const semantics::Address> all_declared,
                     std::span<const Claim> claims) {
  const semantics::Address meant = as_meant(declared, all_declared);
  Binding last;
  for (const semantics::Address& part : semantics::parts(declared)) {
    last = part_binding(part, meant, claims);
    if (last.bound == Bound::foreign) {
      return last;
    }
    const auto wider = std::ranges::find_if(claims, [&](const Claim& claim) {
      return claim.holder.belongs == Belongs::to_us &&
             is_wider(claim.address, declared, all_declared);
    });
    if (wider != claims.end()) {
      return {.bound = Bound::wider,
              .by = wider->holder.unit,
              .at = semantics::print_address(wider->address),
              .note = {},
              .unseen = {}};
    }
    if (last.bound != Bound::exactly) {
      return last;
    }
  }
  return last;
}

bool is_related(const semantics::Address& found, const semantics::Address& declared) {
  return same_port(found, declared) &&
         (semantics::is_wildcard(found) || semantics::covers(declared, found));
}
}  // namespace checklist::checks
