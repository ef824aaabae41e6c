// SPDX-License-Identifier: MIT
#include "parse/network/local_routes.hpp"

#include <array>

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "parse/network/netlink.hpp"

namespace checklist::parse {
namespace {
bool is_delivered_locally(std::uint8_t type) {
  return type == RTN_LOCAL || type == RTN_BROADCAST || type == RTN_ANYCAST || type == RTN_MULTICAST;
}

// A default route of this table has no destination and means every address.
void take_route(Bytes payload, LocalRoutes& out) {
  const auto route = front_as<rtmsg>(payload);
  const bool is_ipv6 = route && route->rtm_family == AF_INET6;
  if (!route || (!is_ipv6 && route->rtm_family != AF_INET)) {
    out.malformed = true;
    return;
  }
  std::array<std::byte, sizeof(in6_addr)> address{};
  const std::size_t size = is_ipv6 ? sizeof(in6_addr) : sizeof(in_addr);
  std::uint32_t table = route->rtm_table;
  const auto rest = payload.subspan(std::min(payload.size(), netlink_aligned(sizeof(rtmsg))));
  out.malformed |= !for_each_attribute(rest, [&](int type, Bytes attribute) {
    if (type == RTA_DST && attribute.size() == size) {
      std::ranges::copy(attribute, address.begin());
    } else if (type == RTA_TABLE) {
      table = front_as<std::uint32_t>(attribute).value_or(table);
    }
  });
  if (table != RT_TABLE_LOCAL || !is_delivered_locally(route->rtm_type)) {
    return;
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  (void)::inet_ntop(route->rtm_family, address.data(), text.data(),
                    static_cast<socklen_t>(text.size()));
  const std::string length =
      route->rtm_dst_len < 8 * size ? "/" + std::to_string(route->rtm_dst_len) : "";
  out.prefixes.push_back(text.data() + length);
}
}  // namespace

std::vector<std::byte> local_routes_question(std::uint8_t family, std::uint32_t sequence) {
  std::vector<std::byte> out;
  append(out, nlmsghdr{.nlmsg_len = sizeof(nlmsghdr) + sizeof(rtmsg),
                       .nlmsg_type = RTM_GETROUTE,
                       .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
                       .nlmsg_seq = sequence,
                       .nlmsg_pid = 0});
  rtmsg request{};
  request.rtm_family = family;
  request.rtm_table = RT_TABLE_LOCAL;
  append(out, request);
  return out;
}

LocalRoutes parse_local_routes(std::span<const std::byte> datagram, std::uint32_t sequence) {
  LocalRoutes out;
  const bool fits = for_each_message(datagram, [&](const nlmsghdr& header, Bytes payload) {
    if (header.nlmsg_seq != sequence) {
      return;
    }
    if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
      out.error = netlink_error(payload);
      out.done = header.nlmsg_type == NLMSG_DONE && out.error == 0;
    } else if (header.nlmsg_type == RTM_NEWROUTE) {
      take_route(payload, out);
    }
  });
  if (!fits || out.malformed) {
    return {.malformed = true};
  }
  return out;
}
}  // namespace checklist::parse
