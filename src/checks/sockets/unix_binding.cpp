// SPDX-License-Identifier: MIT
// How a unit is bound to a unix socket; see checks/sockets/binding.hpp.
#include <algorithm>

#include "checks/sockets/binding.hpp"
#include "checks/state/belief.hpp"
#include "checks/view/file_behind.hpp"

namespace checklist::checks {
namespace {
constexpr std::uint64_t no_uid = UINT32_MAX;  // the UID property of a unit without User=

bool is_abstract(const semantics::Address& address) {
  return address.host.starts_with('@');
}

// unix_diag reports the lower 32 bits of an inode, and the kernel's own device number: on btrfs
// that differs from st_dev of stat(2), so there the name decides.
bool is_bound_to(const Listener& listener, const FileStatus& file, const std::string& path) {
  return (listener.inode & UINT32_MAX) == (file.inode & UINT32_MAX) &&
         (listener.device == file.device || listener.address == path);
}

const Listener* find(std::span<const Listener> listeners, const auto& wanted) {
  const auto at = std::ranges::find_if(listeners, [&wanted](const Listener& each) {
    return each.protocol == Protocol::unix_stream && wanted(each);
  });
  return at != listeners.end() ? &*at : nullptr;
}

// The weakest evidence: the unit runs as the user that owns the socket.
Binding by_uid(const Listener& listener, const UnitSockets& units, View& see) {
  const auto uid = see.property<std::uint64_t>("UID");
  const bool is_root = uid == no_uid && see.spec().user.empty();
  const std::string user = "user " + std::to_string(listener.uid);
  if (uid == listener.uid || (is_root && listener.uid == 0)) {
    return {.state = BindingState::exactly,
            .by = units.unit(),
            .note = "attributed to the unit by its user only: " + user};
  }
  return {.state = BindingState::unclear, .by = "a process of " + user};
}

Binding by_peer(const Listener& listener, const std::string& path, const UnitSockets& units,
                View& see) {
  const auto& peer = see[UnixPeerKey{path}];
  if (!peer || peer->cgroup.empty()) {
    return by_uid(listener, units, see);
  }
  const std::string unit = units.owning_unit(peer->cgroup);
  if (!unit.empty()) {
    return {.state = BindingState::exactly, .by = unit};
  }
  if (owner_of(peer->cgroup).unit == "init.scope") {
    return {.state = BindingState::unclear, .by = "systemd, for another socket unit,"};
  }
  return {.state = BindingState::foreign, .by = describe_owner(peer->cgroup, peer->uid)};
}

Binding of_owner(const Listener& listener, const semantics::Address& declared,
                 const UnitSockets& units, View& see) {
  if (const auto socket = units.active_socket(see, declared); !socket.empty()) {
    return {.state = BindingState::exactly, .by = socket};
  }
  if (is_abstract(declared)) {
    return by_uid(listener, units, see);
  }
  // A connection would start the service behind a socket unit that is not known yet.
  if (auto blind = units.unseen(see)) {
    return {.state = BindingState::unseen, .unseen = std::move(*blind)};
  }
  return units.is_trigger(see, declared) ? by_uid(listener, units, see)
                                         : by_peer(listener, declared.host, units, see);
}

// Returns how a path without the unit's socket is bound.
BindingState without_socket(const FileStatus& file, bool is_named) {
  if (is_missing(file)) {
    return is_named ? BindingState::not_at_path : BindingState::missing;
  }
  if (file.type != "socket") {
    return BindingState::no_socket;
  }
  return is_named ? BindingState::not_at_path : BindingState::leftover;
}
}  // namespace

Binding unix_binding(const semantics::Address& declared, std::span<const Listener> listeners,
                     const UnitSockets& units, View& see) {
  const auto* named =
      find(listeners, [&](const Listener& each) { return each.address == declared.host; });
  if (is_abstract(declared)) {
    return named != nullptr ? of_owner(*named, declared, units, see) : Binding{};
  }
  const auto file = file_behind(see, declared.host);
  if (!file) {
    return {.state = BindingState::unseen, .unseen = file.unseen()};
  }
  const auto* bound = find(listeners, [&](const Listener& each) {
    return file->type == "socket" && is_bound_to(each, *file, declared.host);
  });
  if (bound != nullptr) {
    return of_owner(*bound, declared, units, see);
  }
  // Where only root can look, the last look may be older than the socket.
  if (const auto outdated = outdated_look(see, declared.host)) {
    return {.state = BindingState::unseen, .unseen = *outdated};
  }
  return {.state = without_socket(*file, named != nullptr)};
}
}  // namespace checklist::checks
