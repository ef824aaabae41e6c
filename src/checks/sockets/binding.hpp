// SPDX-License-Identifier: MIT
// How a declared address is bound: the listeners that matter for it, and whose they are.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "checks/sockets/ownership.hpp"
#include "semantics/net/address.hpp"

namespace checklist::checks {
enum class Bound {
  exactly,      // as declared, by us
  wider,        // by us, and more can reach it than was declared
  foreign,      // by somebody else
  missing,      // by nobody
  not_at_path,  // unix: a socket of ours is bound to that name, but the path leads elsewhere
  leftover,     // unix: the path is there, and nobody listens on it
  no_socket,    // unix: what lies at the path is no socket
  unclear,      // by somebody; who, could not be told
  unseen        // it could not be looked at
};

struct Binding {
  Bound bound = Bound::missing;
  std::string by;    // who listens, for a sentence; the unit's name where it is ours
  std::string at;    // wider: the address; missing: another of ours on the same port, if any
  std::string note;  // what was concluded from weaker evidence
  Unseen unseen;     // where bound is unseen
};

// A listener and whose it is; both borrowed facts of one evaluation.
struct Claim {
  semantics::Address address;
  Holder holder;
  const Listener* listener = nullptr;
};

// TCP and UDP. Every declared address is given, because 0.0.0.0 and [::] together are what one
// socket for both families listens on.
Binding inet_binding(const semantics::Address& declared,
                     std::span<const semantics::Address> all_declared,
                     std::span<const Claim> claims);

// Whether a listener has to do with a declared address, so that it is judged there and is no extra
// one.
bool is_related(const semantics::Address& found, const semantics::Address& declared);

// Where else than declared a unit may listen.
enum class Extra { loopback, deny, allow };

// Unix sockets by the inode their path leads to; asks for the path and, if no socket unit lists it,
// for the peer.
Binding unix_binding(const semantics::Address& declared, std::span<const Listener> listeners,
                     const Household& household, View& see);
}  // namespace checklist::checks

namespace checklist {
template <>
inline constexpr auto names<checks::Extra> =
    names_of<checks::Extra>({{checks::Extra::loopback, "loopback"},
                             {checks::Extra::deny, "deny"},
                             {checks::Extra::allow, "allow"}});
}  // namespace checklist
