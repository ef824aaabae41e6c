// SPDX-License-Identifier: MIT
#include "http/peer.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include <sys/socket.h>

#include "http/endpoint.hpp"

namespace checklist::http {
namespace {
using Name = int (*)(int, sockaddr*, socklen_t*);

std::optional<Endpoint> name_of(int fd, Name name) {
  SocketAddress out;
  if (name(fd, out.raw(), &out.length) != 0) {
    return std::nullopt;
  }
  return from_kernel(out);
}

std::optional<PeerCredentials> credentials_of(int fd) {
  ucred process{};
  socklen_t length = sizeof process;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &process, &length) != 0) {
    return std::nullopt;
  }
  PeerCredentials out{
      .pid = static_cast<std::uint32_t>(process.pid), .uid = process.uid, .groups = {process.gid}};
  std::array<gid_t, 256> groups{};
  length = sizeof groups;
  // ERANGE: a process in more groups counts as a member of its primary group only.
  if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &length) == 0) {
    const std::span known(groups.data(), length / sizeof(gid_t));
    out.groups.insert(out.groups.end(), known.begin(), known.end());
  }
  return out;
}

// An IPv4 client of an IPv6 socket is ::ffff:a.b.c.d.
std::string_view without_mapping(std::string_view host) {
  constexpr std::string_view mapped = "::ffff:";
  return host.starts_with(mapped) && host.find('.') != std::string_view::npos
             ? host.substr(mapped.size())
             : host;
}

bool is_loopback(std::string_view host) {
  host = without_mapping(host);
  return host.starts_with("127.") || host == "::1";
}
}  // namespace

Peer peer_of(int fd) {
  const auto here = name_of(fd, getsockname);
  const auto there = name_of(fd, getpeername);
  if (!here || !there) {
    return {};
  }
  if (std::holds_alternative<UnixAddress>(*here)) {
    return {.on_this_host = true,
            .by_loopback = false,
            .by_tcp = false,
            .address = {},
            .credentials = credentials_of(fd)};
  }
  const std::string& local = std::get<TcpAddress>(*here).host;
  const std::string& remote = std::get<TcpAddress>(*there).host;
  // A process here that connects to one of this host's addresses comes from that same address.
  return {.on_this_host = local == remote || is_loopback(remote),
          .by_loopback = is_loopback(local),
          .by_tcp = true,
          .address = remote,
          .credentials = std::nullopt};
}
}  // namespace checklist::http
