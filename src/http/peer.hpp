// SPDX-License-Identifier: MIT
// The client of an accepted connection, as the kernel reports it: a client cannot forge any of it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace checklist::http {
// The process that called connect(2), at that time (unix(7), SO_PEERCRED).
struct PeerCredentials {
  std::uint32_t pid = 0;
  std::uint32_t uid = 0;
  std::vector<std::uint32_t> groups;  // primary and supplementary
};

struct Peer {
  bool on_this_host = false;
  bool by_loopback = false;  // through 127.0.0.0/8 or ::1
  bool by_tcp = true;
  std::string address = {};                    // numeric; TCP only
  std::optional<PeerCredentials> credentials;  // unix sockets only
};

// Returns the peer of a connected TCP or unix socket, or Peer{} if it has disconnected.
[[nodiscard]] Peer peer_of(int fd);
}  // namespace checklist::http
