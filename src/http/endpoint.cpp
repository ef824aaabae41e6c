// SPDX-License-Identifier: MIT
#include "http/endpoint.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

namespace checklist::http {
namespace {
// The sockets API requires these casts.
template <class To, class From>
To* as(From* from) {
  return reinterpret_cast<To*>(from);  // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc{} || rest != end) {
    return std::nullopt;
  }
  return port;
}

bool is_host(int family, const std::string& text) {
  in6_addr parsed{};  // the larger of the two
  return inet_pton(family, text.c_str(), &parsed) == 1;
}

[[noreturn]] void refuse(int error, const std::string& address) {
  throw std::system_error(error, std::generic_category(), "address '" + address + "'");
}

SocketAddress to_kernel(const TcpAddress& tcp) {
  SocketAddress out;
  auto& v4 = *as<sockaddr_in>(&out.storage);
  auto& v6 = *as<sockaddr_in6>(&out.storage);
  if (inet_pton(AF_INET, tcp.host.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(tcp.port);
    out.length = sizeof v4;
  } else if (inet_pton(AF_INET6, tcp.host.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(tcp.port);
    out.length = sizeof v6;
  } else {
    refuse(EINVAL, tcp.host);
  }
  return out;
}

SocketAddress to_kernel(const UnixAddress& unix_address) {
  SocketAddress out;
  auto& un = *as<sockaddr_un>(&out.storage);
  if (unix_address.path.size() >= sizeof un.sun_path) {
    refuse(ENAMETOOLONG, unix_address.path);
  }
  un.sun_family = AF_UNIX;
  std::memcpy(&un.sun_path[0], unix_address.path.c_str(), unix_address.path.size() + 1);
  out.length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + unix_address.path.size() + 1);
  return out;
}

std::string host_text(int family, const void* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  return inet_ntop(family, address, text.data(), text.size());
}

std::string path_of(const SocketAddress& address) {
  constexpr std::size_t before = offsetof(sockaddr_un, sun_path);
  if (address.length <= before) {
    return {};
  }
  const auto& un = *as<const sockaddr_un>(&address.storage);
  return {&un.sun_path[0], strnlen(&un.sun_path[0], address.length - before)};
}
}  // namespace

const sockaddr* SocketAddress::raw() const {
  return as<const sockaddr>(&storage);
}

sockaddr* SocketAddress::raw() {
  return as<sockaddr>(&storage);
}

std::optional<Endpoint> parse_endpoint(std::string_view text) {
  constexpr std::string_view unix_prefix = "unix:";
  if (text.starts_with(unix_prefix)) {
    text.remove_prefix(unix_prefix.size());
    return text.starts_with('/') ? std::optional<Endpoint>(UnixAddress{.path = std::string(text)})
                                 : std::nullopt;
  }
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  const auto port = parse_port(text.substr(colon + 1));
  std::string host(text.substr(0, colon));
  int family = AF_INET;
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    family = AF_INET6;
  } else if (host == "localhost") {
    host = "127.0.0.1";
  }
  if (!port || !is_host(family, host)) {
    return std::nullopt;
  }
  return TcpAddress{.host = host, .port = *port};
}

std::string to_text(const Endpoint& address) {
  if (const auto* tcp = std::get_if<TcpAddress>(&address)) {
    const bool is_v6 = tcp->host.find(':') != std::string::npos;
    return (is_v6 ? "[" + tcp->host + "]" : tcp->host) + ":" + std::to_string(tcp->port);
  }
  return "unix:" + std::get<UnixAddress>(address).path;
}

SocketAddress to_kernel(const Endpoint& address) {
  return std::visit([](const auto& kind) { return to_kernel(kind); }, address);
}

Endpoint from_kernel(const SocketAddress& address) {
  switch (address.storage.ss_family) {
    case AF_INET: {
      const auto& v4 = *as<const sockaddr_in>(&address.storage);
      return TcpAddress{.host = host_text(AF_INET, &v4.sin_addr), .port = ntohs(v4.sin_port)};
    }
    case AF_INET6: {
      const auto& v6 = *as<const sockaddr_in6>(&address.storage);
      return TcpAddress{.host = host_text(AF_INET6, &v6.sin6_addr), .port = ntohs(v6.sin6_port)};
    }
    case AF_UNIX:
      return UnixAddress{.path = path_of(address)};
    default:
      refuse(EAFNOSUPPORT, "family " + std::to_string(address.storage.ss_family));
  }
}
}  // namespace checklist::http
