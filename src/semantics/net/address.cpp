// SPDX-License-Identifier: MIT
#include "semantics/net/address.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "semantics/text/fields.hpp"

namespace checklist::semantics {
namespace {
using Words = std::array<std::uint16_t, 8>;     // the groups of an IPv6 address
constexpr std::size_t longest_unix_name = 107;  // sockaddr_un, without the NUL

// Returns the longest run of two or more zero groups, the first of equals: RFC 5952 writes it as
// "::".
std::pair<std::size_t, std::size_t> zero_run(const Words& words) {
  std::pair<std::size_t, std::size_t> best{8, 0};
  for (std::size_t from = 0; from < 8; ++from) {
    std::size_t length = 0;
    while (from + length < 8 && words.at(from + length) == 0) {
      ++length;
    }
    if (length > 1 && length > best.second) {
      best = {from, length};
    }
  }
  return best;
}

std::string print_ipv4(const std::uint8_t* bytes) {
  std::array<char, INET_ADDRSTRLEN> out{};
  return ::inet_ntop(AF_INET, bytes, out.data(), out.size());
}

Words words_of(const std::array<std::uint8_t, 16>& bytes) {
  Words out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out.at(i) = static_cast<std::uint16_t>(bytes.at(2 * i) << 8 | bytes.at(2 * i + 1));
  }
  return out;
}

// Prints as RFC 5952 says. inet_ntop(3) does not: it writes "::1:2" as "::0.1.0.2".
std::string print_ipv6(const Words& words) {
  const auto [gap, length] = zero_run(words);
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (length != 0 && i == gap) {
      out += "::";
      i += length - 1;
      continue;
    }
    std::array<char, 5> group{};
    (void)std::snprintf(group.data(), group.size(), "%x", words.at(i));  // at most four digits
    out += (out.empty() || out.ends_with(':') ? "" : ":") + std::string(group.data());
  }
  return out;
}

bool is_ip_wildcard(const std::string& host) {
  return host == "*" || host == "::" || host == "0.0.0.0";
}

bool is_ipv6(const std::string& host) {
  return host.find(':') != std::string::npos;
}

std::optional<Address> parse_unix(std::string_view name) {
  const bool is_path = name.starts_with('/') && !name.ends_with('/');
  const bool is_abstract = name.starts_with('@') && name.size() > 1;
  if ((!is_path && !is_abstract) || name.size() > longest_unix_name) {
    return std::nullopt;
  }
  Address address{.protocol = Protocol::unix_stream, .host = {}, .port = 0};
  for (const char c : name) {  // collapses slashes, as systemd does
    if (is_abstract || c != '/' || !address.host.ends_with('/')) {
      address.host += c;
    }
  }
  return address;
}

// "127.0.0.1:80", "[::1]:80", "*:80"
std::optional<Address> parse_inet(Protocol protocol, std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  const auto port = number<std::uint16_t>(text.substr(colon + 1));
  auto host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) {
    host = host.substr(1, host.size() - 2);
  }
  const bool colons = host.find(':') != std::string_view::npos;
  if (!port || *port == 0 || bracketed != colons) {
    return std::nullopt;
  }
  const auto ip = host == "*" ? std::optional<std::string>("*") : canonical_ip(host);
  return ip ? std::optional(Address{.protocol = protocol, .host = *ip, .port = *port})
            : std::nullopt;
}
}  // namespace

std::optional<std::string> canonical_ip(std::string_view text) {
  const std::string terminated(text);
  std::array<std::uint8_t, 16> bytes{};
  if (text.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  if (::inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1) {
    return print_ipv4(bytes.data());
  }
  if (::inet_pton(AF_INET6, terminated.c_str(), bytes.data()) != 1) {
    return std::nullopt;
  }
  constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::equal(mapped.begin(), mapped.end(), bytes.begin()) ? print_ipv4(bytes.data() + 12)
                                                                 : print_ipv6(words_of(bytes));
}

std::optional<Address> parse_address(std::string_view text) {
  const auto colon = text.find(':');
  const auto protocol = from_text<Protocol>(text.substr(0, colon));
  if (!protocol || colon == std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = text.substr(colon + 1);
  return *protocol == Protocol::unix_stream ? parse_unix(rest) : parse_inet(*protocol, rest);
}

std::string print_address(const Address& address) {
  std::string out = std::string(text(address.protocol)) + ':';
  if (address.protocol == Protocol::unix_stream) {
    return out + address.host;
  }
  return out + (is_ipv6(address.host) ? '[' + address.host + ']' : address.host) + ':' +
         std::to_string(address.port);
}

Address address_of(const Listener& listener) {
  if (listener.protocol == Protocol::unix_stream) {
    return {.protocol = listener.protocol, .host = listener.address, .port = 0};
  }
  const std::string ip = canonical_ip(listener.address).value_or(listener.address);
  return {.protocol = listener.protocol,
          .host = ip == "::" && !listener.v6only ? "*" : ip,
          .port = listener.port};
}

bool is_wildcard(const Address& address) {
  return address.protocol != Protocol::unix_stream && is_ip_wildcard(address.host);
}

bool is_loopback(const Address& address) {
  return address.protocol == Protocol::unix_stream || address.host == "::1" ||
         (address.host.starts_with("127.") && !is_ipv6(address.host));
}

bool covers(const Address& wide, const Address& narrow) {
  if (wide.protocol != narrow.protocol || wide.port != narrow.port) {
    return false;
  }
  if (wide.host == narrow.host || wide.protocol == Protocol::unix_stream) {
    return wide.host == narrow.host;
  }
  return wide.host == "*" || (wide.host == "::" && is_ipv6(narrow.host)) ||
         (wide.host == "0.0.0.0" && !is_ipv6(narrow.host) && narrow.host != "*");
}

std::vector<Address> parts(const Address& declared) {
  if (declared.host != "*" || declared.protocol == Protocol::unix_stream) {
    return {declared};
  }
  return {{.protocol = declared.protocol, .host = "0.0.0.0", .port = declared.port},
          {.protocol = declared.protocol, .host = "::", .port = declared.port}};
}

bool is_exactly(const Address& found, const Address& part, const Address& declared) {
  const bool same_socket = found.protocol == part.protocol && found.port == part.port;
  return found == part ||
         (same_socket && found.host == "*" && (declared.host == "*" || part.host == "::"));
}
}  // namespace checklist::semantics

namespace checklist {
std::optional<semantics::Address> ParameterType<semantics::Address>::parse(const Value& value) {
  const auto* text = value.get<std::string>();
  return text != nullptr ? semantics::parse_address(*text) : std::nullopt;
}

Value ParameterType<semantics::Address>::print(const semantics::Address& address) {
  return {semantics::print_address(address)};
}

Dict ParameterType<semantics::Address>::schema() {
  return pattern_schema(R"(^((tcp|udp):(\*|[0-9.]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5}|unix:[/@].+)$)");
}
}  // namespace checklist
