// SPDX-License-Identifier: MIT
// How a declared address is bound: by which listener, and which unit owns that.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "checks/sockets/ownership.hpp"
#include "semantics/net/address.hpp"

namespace checklist::checks {
enum class BindingState {
  exactly,      // as declared, by the unit or its socket unit
  wider,        // by the unit, and reachable from more addresses than declared
  foreign,      // by another process
  missing,      // no listener
  not_at_path,  // unix: a socket of that name exists, but the path refers to another file
  leftover,     // unix: a socket file without a listener
  no_socket,    // unix: the file at the path is not a socket
  no_address,   // by the unit, and the host does not have the address
  unclear,      // by a process whose unit is not known
  unseen        // the listener or the file could not be read
};

struct Binding {
  BindingState state = BindingState::missing;
  std::string by{};    // the listening unit or process, as a phrase
  std::string at{};    // wider: the address; missing: an undeclared one of the unit on that port
  std::string note{};  // what was concluded from weaker evidence
  Unseen unseen{};     // unseen: why
  bool host_lacks = false;  // missing: the host does not have the address
};

// The sockets that serve `*`, or 0.0.0.0 and [::] declared together.
enum class Star {
  both,  // one for each family, or one for both
  ipv4,  // the host has no IPv6
  any    // one family is enough
};

// A listener and its owner. Both are borrowed facts of one evaluation.
struct OwnedListener {
  semantics::Address address;
  Holder holder;
  const Listener* listener = nullptr;
};

// Returns the binding of a TCP or UDP address. `all_declared` must hold every declared address,
// because 0.0.0.0 and [::] together are served by one socket for both families.
Binding inet_binding(const semantics::Address& declared,
                     std::span<const semantics::Address> all_declared,
                     std::span<const OwnedListener> listeners, Star star = Star::both);

// Returns whether a listener is judged at a declared address and so is not an extra one.
bool is_related(const semantics::Address& found, const semantics::Address& declared);

// Where a unit may listen besides its declared addresses.
enum class Extra { loopback, deny, allow };

// Which families a unit must serve where `*` is declared.
enum class Families { all, any };

// Returns the binding of a unix socket, by the inode that its path refers to. Asks for the file
// and, unless a socket unit lists the address, for the peer.
Binding unix_binding(const semantics::Address& declared, std::span<const Listener> listeners,
                     const UnitSockets& units, View& see);
}  // namespace checklist::checks

namespace checklist {
template <>
inline constexpr auto names<checks::Extra> =
    names_of<checks::Extra>({{checks::Extra::loopback, "loopback"},
                             {checks::Extra::deny, "deny"},
                             {checks::Extra::allow, "allow"}});

template <>
inline constexpr auto names<checks::Families> =
    names_of<checks::Families>({{checks::Families::all, "all"}, {checks::Families::any, "any"}});
}  // namespace checklist
