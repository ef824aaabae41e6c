// SPDX-License-Identifier: MIT
// Whether a unit listens on a unix socket, and what stands in the way: semantics/binding.hpp.
#include <algorithm>

#include "checks/sockets/binding.hpp"

namespace checklist::checks {
namespace {
constexpr std::uint64_t no_uid = UINT32_MAX;  // what systemd answers for a unit without User=

bool is_abstract(const semantics::Address& address) {
  return address.host.starts_with('@');
}

// unix_diag tells the lower 32 bits of an inode, and the device as the kernel knows it: on btrfs
// that is another than stat(2) tells, so there the name decides.
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

Binding of(Bound bound, std::string by, std::string note = {}) {
  return {.bound = bound, .by = std::move(by), .at = {}, .note = std::move(note), .unseen = {}};
}

// The weakest evidence: the socket's owner is the user that the unit runs as.
Binding by_uid(const Listener& listener, const Household& household, View& see) {
  const auto told = see.property<std::uint64_t>("UID");
  const bool is_root = told == no_uid && see.spec().user.empty();
  const std::string user = "user " + std::to_string(listener.uid);
  if (told == listener.uid || (is_root && listener.uid == 0)) {
    return of(Bound::exactly, household.unit(),
              "only its user tells that this socket is the unit's: " + user);
  }
  return of(Bound::unclear, "a process of " + user);
}

Binding by_peer(const Listener& listener, const std::string& path, const Household& household,
                View& see) {
  const auto& peer = see[UnixPeerKey{path}];
  if (!peer || peer->cgroup.empty()) {
    return by_uid(listener, household, see);
  }
  const std::string member = household.member(peer->cgroup);
  if (!member.empty()) {
    return of(Bound::exactly, member);
  }
  if (owner_of(peer->cgroup).unit == "init.scope") {
    return of(Bound::unclear, "systemd, for a socket unit that is none of its");
  }
  return of(Bound::foreign, describe_owner(peer->cgroup, peer->uid));
}

Binding of_owner(const Listener& listener, const semantics::Address& declared,
                 const Household& household, View& see) {
  if (const auto socket = household.active_socket(see, declared); !socket.empty()) {
    return of(Bound::exactly, socket);
  }
  return is_abstract(declared) ? by_uid(listener, household, see)
                               : by_peer(listener, declared.host, household, see);
}

// What lies at the path, a symbolic link followed.
const Observed<FileStatus>& file_at(const std::string& path, View& see) {
  const auto& file = see[FileKey{path}];
  return file && file->type == "symlink" && !file->target.empty() ? see[FileKey{file->target}]
                                                                  : file;
}
}  // namespace

Binding unix_binding(const semantics::Address& declared, std::span<const Listener> listeners,
                     const Household& household, View& see) {
  const auto* named =
      find(listeners, [&](const Listener& each) { return each.address == declared.host; });
  if (is_abstract(declared)) {
    return named != nullptr ? of_owner(*named, declared, household, see) : Binding{};
  }
  const auto& file = file_at(declared.host, see);
  if (!file) {
    Binding binding = of(Bound::unseen, {});
    binding.unseen = file.unseen();
    return binding;
  }
  const bool is_missing = file->type == "missing" || file->type == "symlink";
  if (is_missing) {
    return of(named != nullptr ? Bound::not_at_path : Bound::missing, {});
  }
  if (file->type != "socket") {
    return of(Bound::no_socket, {});
  }
  const auto* bound = find(
      listeners, [&](const Listener& each) { return is_bound_to(each, *file, declared.host); });
  if (bound == nullptr) {
    return of(named != nullptr ? Bound::not_at_path : Bound::leftover, {});
  }
  return of_owner(*bound, declared, household, see);
}
}  // namespace checklist::checks
