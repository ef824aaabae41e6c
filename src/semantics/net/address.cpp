// SPDX-License-Identifier: MIT
#include "semantics/net/address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace checklist::semantics {
namespace {
using Words = std::array<std::uint16_t, 8>;     // an IPv6 address
constexpr std::size_t longest_unix_name = 107;  // sockaddr_un, without the NUL

template <class T>
std::optional<T> whole_number(std::string_view text, int base = 10) {
  T number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

// The part before the first `separator`, taken off the front of the text together with it.
std::string_view next_part(std::string_view& text, char separator) {
  const auto part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

std::optional<std::array<std::uint8_t, 4>> parse_ipv4(std::string_view text) {
  std::array<std::uint8_t, 4> bytes{};
  if (std::ranges::count(text, '.') != 3) {
    return std::nullopt;
  }
  for (auto& byte : bytes) {
    const auto part = next_part(text, '.');
    const auto number = whole_number<std::uint8_t>(part);
    if (!number || (part.size() > 1 && part[0] == '0')) {
      return std::nullopt;
    }
    byte = *number;
  }
  return bytes;
}

std::string print_ipv4(const std::array<std::uint8_t, 4>& bytes) {
  return std::to_string(bytes[0]) + '.' + std::to_string(bytes[1]) + '.' +
         std::to_string(bytes[2]) + '.' + std::to_string(bytes[3]);
}

// The colon-separated groups of one side of a "::"; the very last may be an IPv4 address.
bool append_groups(std::string_view text, std::vector<std::uint16_t>& groups) {
  if (text.empty()) {
    return true;
  }
  if (text.back() == ':') {
    return false;
  }
  while (!text.empty()) {
    const auto part = next_part(text, ':');
    const auto ipv4 = text.empty() ? parse_ipv4(part) : std::nullopt;
    const auto group = whole_number<std::uint16_t>(part, 16);
    if (ipv4) {
      groups.push_back(static_cast<std::uint16_t>((*ipv4)[0] << 8 | (*ipv4)[1]));
      groups.push_back(static_cast<std::uint16_t>((*ipv4)[2] << 8 | (*ipv4)[3]));
    } else if (group && part.size() <= 4) {
      groups.push_back(*group);
    } else {
      return false;
    }
  }
  return true;
}

std::optional<Words> parse_ipv6(std::string_view text) {
  const auto gap = text.find("::");
  std::vector<std::uint16_t> front;
  std::vector<std::uint16_t> back;
  const bool has_gap = gap != std::string_view::npos;
  if (!append_groups(text.substr(0, gap), front) ||
      (has_gap && text.substr(0, gap).find('.') != std::string_view::npos) ||
      (has_gap && !append_groups(text.substr(gap + 2), back))) {
    return std::nullopt;
  }
  const auto count = front.size() + back.size();
  if (has_gap ? count > 7 : count != 8) {
    return std::nullopt;
  }
  Words words{};
  std::ranges::copy(front, words.begin());
  std::ranges::copy_backward(back, words.end());
  return words;
}

// The longest run of two or more zero groups, the first of equals: what RFC 5952 writes as "::".
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
  for (const char c : name) {  // systemd collapses slashes, too
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
  const auto port = whole_number<std::uint16_t>(text.substr(colon + 1));
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
  if (const auto bytes = parse_ipv4(text)) {
    return print_ipv4(*bytes);
  }
  const auto words = parse_ipv6(text);
  if (!words) {
    return std::nullopt;
  }
  constexpr Words mapped{0, 0, 0, 0, 0, 0xffff, 0, 0};
  if (std::equal(mapped.begin(), mapped.begin() + 6, words->begin())) {
    const auto high = (*words)[6];
    const auto low = (*words)[7];
    return print_ipv4({static_cast<std::uint8_t>(high >> 8), static_cast<std::uint8_t>(high & 0xff),
                       static_cast<std::uint8_t>(low >> 8), static_cast<std::uint8_t>(low & 0xff)});
  }
  return print_ipv6(*words);
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
