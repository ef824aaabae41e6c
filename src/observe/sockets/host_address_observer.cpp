// SPDX-License-Identifier: MIT
#include "observe/sockets/host_address_observer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "parse/network/local_routes.hpp"

namespace checklist::observe {
namespace {
constexpr Duration pause = std::chrono::milliseconds(100);  // more events of one change may follow
constexpr std::size_t datagram_size = 65536;
constexpr unsigned most_datagrams = 256;

struct FreeAddresses {
  void operator()(ifaddrs* list) const { ::freeifaddrs(list); }
};

Unseen unanswered(int error) {
  const std::string why =
      "cannot list the addresses of the host: " + std::system_category().message(error);
  return error == EAFNOSUPPORT
             ? Unseen{"own_sandbox", why,
                      "add AF_NETLINK to RestrictAddressFamilies= in checklistd.service"}
             : Unseen{error == EPERM || error == EACCES ? "permission" : "unsupported", why, ""};
}

// Returns the text of an IP address, without a zone; empty for other families.
std::string ip_text(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> out{};
  const void* bytes = nullptr;
  if (address != nullptr && address->sa_family == AF_INET) {
    bytes = &reinterpret_cast<const sockaddr_in*>(address)->sin_addr;
  } else if (address != nullptr && address->sa_family == AF_INET6) {
    bytes = &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  }
  const char* text = bytes != nullptr ? ::inet_ntop(address->sa_family, bytes, out.data(),
                                                    static_cast<socklen_t>(out.size()))
                                      : nullptr;
  return text != nullptr ? text : "";
}

// Appends what the kernel delivers to itself. The kernel has an answer ready whenever it is asked,
// so nothing waits here. Returns an errno, or 0.
int append_local_routes(std::uint8_t family, std::vector<std::string>& out) {
  const event::Fd socket(
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE));
  const int strict = 1;  // so that only the routes of that table are sent
  const auto question = parse::local_routes_question(family, 1);
  if (!socket ||
      ::setsockopt(socket.get(), SOL_NETLINK, NETLINK_GET_STRICT_CHK, &strict, sizeof(strict)) !=
          0 ||
      ::send(socket.get(), question.data(), question.size(), 0) < 0) {
    return errno;
  }
  std::vector<std::byte> buffer(datagram_size);
  for (unsigned i = 0; i < most_datagrams; ++i) {
    const ssize_t size = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
    if (size < 0) {
      return errno;
    }
    const auto answer =
        parse::parse_local_routes(std::span(buffer).first(static_cast<std::size_t>(size)), 1);
    out.insert(out.end(), answer.prefixes.begin(), answer.prefixes.end());
    if (answer.done || answer.error != 0 || answer.malformed) {
      return answer.malformed ? EBADMSG : answer.error;
    }
  }
  return EMSGSIZE;
}
}  // namespace

HostAddressObserver::HostAddressObserver(event::Loop& loop, Put<HostAddressesKey> put)
    : SingleObserver(std::move(put)), loop_(loop), soon_(loop.timer([this] { look_again(); })) {}

// Interfaces of a VRF have a table of their own, so their addresses are read from the interfaces.
Observed<HostAddresses> HostAddressObserver::look() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) {
    return unanswered(errno);
  }
  const std::unique_ptr<ifaddrs, FreeAddresses> list(first);
  HostAddresses out{.has_ipv6 = false};
  for (const ifaddrs* each = first; each != nullptr; each = each->ifa_next) {
    std::string address = (each->ifa_flags & IFF_UP) != 0 ? ip_text(each->ifa_addr) : "";
    out.has_ipv6 |= address.find(':') != std::string::npos;
    if (!address.empty()) {
      out.addresses.push_back(std::move(address));
    }
  }
  for (const int family : {AF_INET, AF_INET6}) {
    const int error = append_local_routes(static_cast<std::uint8_t>(family), out.addresses);
    if (error != 0 && (family == AF_INET || out.has_ipv6)) {
      return unanswered(error);
    }
  }
  std::ranges::sort(out.addresses);
  out.addresses.erase(std::unique(out.addresses.begin(), out.addresses.end()), out.addresses.end());
  return out;
}

// Without events, the resync notices changes.
void HostAddressObserver::watch() {
  event::Fd socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, NETLINK_ROUTE));
  sockaddr_nl groups{};
  groups.nl_family = AF_NETLINK;
  groups.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR;
  if (socket &&
      ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&groups), sizeof(groups)) == 0) {
    events_ = loop_.io(std::move(socket), EPOLLIN, [this](std::uint32_t) { on_event(); });
  }
}

void HostAddressObserver::unwatch() {
  events_ = event::Source();
  soon_.disarm();
}

// What the events say is not used: any of them may be lost (ENOBUFS).
void HostAddressObserver::on_event() {
  std::array<std::byte, 4096> ignored{};
  for (unsigned i = 0; i < most_datagrams; ++i) {
    const ssize_t size = ::recv(events_.fd(), ignored.data(), ignored.size(), MSG_TRUNC);
    if (size < 0 && errno != ENOBUFS) {
      break;
    }
  }
  soon_.arm_at(loop_.now() + pause);
}
}  // namespace checklist::observe
