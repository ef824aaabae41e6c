// SPDX-License-Identifier: MIT
// Addresses to listen on, as given on the command line. Host names are not resolved, because that
// could block.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <sys/socket.h>
#include <sys/types.h>

namespace checklist::http {
struct TcpAddress {
  std::string host;        // numeric, IPv6 without brackets; `::` accepts IPv4, too
  std::uint16_t port = 0;  // 0: chosen by the kernel
  bool operator==(const TcpAddress&) const = default;
};

struct UnixAddress {
  std::string path;
  mode_t mode = 0666;  // of the socket file
  bool operator==(const UnixAddress&) const = default;
};

using Endpoint = std::variant<TcpAddress, UnixAddress>;

// Parses `127.0.0.1:10558`, `[::1]:10558`, `localhost:10558` (IPv4) and `unix:/run/x.sock`.
[[nodiscard]] std::optional<Endpoint> parse_endpoint(std::string_view text);
[[nodiscard]] std::string to_text(const Endpoint& address);

// A socket address of the kernel. The conversions throw std::system_error if the family is another
// or the address does not fit.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);

  [[nodiscard]] const sockaddr* raw() const;
  [[nodiscard]] sockaddr* raw();
};

[[nodiscard]] SocketAddress to_kernel(const Endpoint& address);
[[nodiscard]] Endpoint from_kernel(const SocketAddress& address);
}  // namespace checklist::http
