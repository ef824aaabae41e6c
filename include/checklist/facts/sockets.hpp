// SPDX-License-Identifier: MIT
// Listening sockets.
#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "checklist/names.hpp"

namespace checklist {
enum class Protocol { tcp, udp, unix_stream };
template <>
inline constexpr auto names<Protocol> = names_of<Protocol>({{Protocol::tcp, "tcp"},
                                                            {Protocol::udp, "udp"},
                                                            {Protocol::unix_stream, "unix"}});

// A listening socket: TCP in LISTEN, bound UDP, unix in LISTEN (stream and seqpacket) or
// bound (datagram).
struct Listener {
  Protocol protocol = Protocol::tcp;
  std::string address;     // "127.0.0.1", "::1", a path, or "@name" for an abstract one
  std::uint16_t port = 0;  // 0 for unix
  bool v6only = false;
  std::uint32_t uid = 0;
  std::uint64_t cgroup_id = 0;  // 0 for unix: unix_diag does not report it
  std::string cgroup;  // its path below the cgroup root, "/system.slice/x.service"; empty: unknown
                       // or removed
  std::uint32_t device = 0;  // of the path a unix socket is bound to
  std::uint64_t inode = 0;   // likewise
  // NOLINTNEXTLINE(readability-implicit-bool-conversion): clang-tidy 14 sees one where none is
  auto operator<=>(const Listener&) const = default;
};

struct ListenersKey {
  using Fact = std::vector<Listener>;  // sorted
  auto operator<=>(const ListenersKey&) const = default;
};

// net.ipv4.ip_local_port_range: the kernel's ephemeral ports.
struct PortRange {
  std::uint16_t first = 32768;
  std::uint16_t last = 60999;
  bool operator==(const PortRange&) const = default;
};

struct LocalPortsKey {
  using Fact = PortRange;
  auto operator<=>(const LocalPortsKey&) const = default;
};

// The addresses of the host's interfaces (rtnetlink(7)).
struct HostAddresses {
  std::vector<std::string> addresses{};  // "127.0.0.1", "fe80::1", sorted
  bool has_ipv6 = true;                  // whether an IPv6 socket can be bound to an address
  bool operator==(const HostAddresses&) const = default;
};

struct HostAddressesKey {
  using Fact = HostAddresses;
  auto operator<=>(const HostAddressesKey&) const = default;
};

// The process that listens on a unix socket: SO_PEERCRED of a connection to it (unix(7)).
struct UnixPeer {
  std::uint32_t pid = 0;
  std::uint32_t uid = 0;
  std::string cgroup;  // of that process; empty if it could not be read
  bool operator==(const UnixPeer&) const = default;
};

struct UnixPeerKey {
  std::string path;
  using Fact = UnixPeer;
  auto operator<=>(const UnixPeerKey&) const = default;
};
}  // namespace checklist
