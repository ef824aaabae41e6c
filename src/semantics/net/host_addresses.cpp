// SPDX-License-Identifier: MIT
#include "semantics/net/host_addresses.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "semantics/text/fields.hpp"

namespace checklist::semantics {
namespace {
struct Ip {
  std::array<std::uint8_t, 16> bytes{};
  unsigned bits = 0;  // 32 or 128
};

std::optional<Ip> ip_of(std::string_view text) {
  const std::string terminated(text);
  Ip out;
  if (::inet_pton(AF_INET, terminated.c_str(), out.bytes.data()) == 1) {
    out.bits = 32;
  } else if (::inet_pton(AF_INET6, terminated.c_str(), out.bytes.data()) == 1) {
    out.bits = 128;
  }
  return out.bits != 0 ? std::optional(out) : std::nullopt;
}

bool is_below(const Ip& ip, std::string_view prefix) {
  const auto slash = prefix.find('/');
  const auto base = ip_of(prefix.substr(0, slash));
  const auto length = slash == std::string_view::npos ? std::optional(ip.bits)
                                                      : number<unsigned>(prefix.substr(slash + 1));
  if (!base || base->bits != ip.bits || !length || *length > ip.bits) {
    return false;
  }
  const auto whole = *length / 8;
  const auto rest = *length % 8;
  const auto mask = static_cast<std::uint8_t>(0xFFU << (8U - rest));
  return std::equal(ip.bytes.begin(), ip.bytes.begin() + whole, base->bytes.begin()) &&
         (rest == 0 || (ip.bytes.at(whole) & mask) == (base->bytes.at(whole) & mask));
}
}  // namespace

bool has_address(const HostAddresses& host, const std::string& ip) {
  const auto wanted = ip_of(ip);
  if (!wanted || is_below(*wanted, "224.0.0.0/4") || is_below(*wanted, "ff00::/8") ||
      ip == "255.255.255.255") {
    return true;
  }
  return std::ranges::any_of(host.addresses,
                             [&](const std::string& each) { return is_below(*wanted, each); });
}
}  // namespace checklist::semantics
