// SPDX-License-Identifier: MIT
// Where a server listens, as it is written on a command line. Names are not resolved: that could
// block.
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
  std::string host;        // numeric, IPv6 without brackets; `::` takes IPv4, too
  std::uint16_t port = 0;  // 0: any free one
  bool operator==(const TcpAddress&) const = default;
};

struct UnixAddress {
  std::string path;
  mode_t mode = 0666;  // of the socket file: who may connect
  bool operator==(const UnixAddress&) const = default;
};

using Address = std::variant<TcpAddress, UnixAddress>;

// `127.0.0.1:10558`, `[::1]:10558`, `localhost:10558` (IPv4), `unix:/run/x.sock`.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
[[nodiscard]] std::string to_text(const Address& address);

// The same for the kernel, and back. Both throw std::system_error for what is none of the two
// families or does not fit.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);

  [[nodiscard]] const sockaddr* raw() const;
  [[nodiscard]] sockaddr* raw();
};

[[nodiscard]] SocketAddress to_kernel(const Address& address);
[[nodiscard]] Address from_kernel(const SocketAddress& address);
}  // namespace checklist::http
