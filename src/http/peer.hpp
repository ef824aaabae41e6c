// SPDX-License-Identifier: MIT
// Who is at the other end of an accepted connection, as the kernel says it: nothing of it can be
// forged.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace checklist::http {
// Of the process that called connect(2), at that time.
struct PeerCredentials {
  std::uint32_t pid = 0;
  std::uint32_t uid = 0;
  std::vector<std::uint32_t> groups;  // the primary one and the supplementary ones
};

struct Peer {
  bool on_this_host = false;
  bool by_loopback = false;                // through 127.0.0.0/8 or ::1
  std::optional<PeerCredentials> credentials;  // of a unix socket's peer
};

// Of a connected TCP or unix socket; a socket that is already dead is a peer of whom nothing is
// known.
[[nodiscard]] Peer peer_of(int fd);
}  // namespace checklist::http
