// SPDX-License-Identifier: MIT
#include "parse/sock_diag.hpp"

#include <algorithm>
#include <string>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "parse/network/netlink.hpp"

namespace checklist::parse {
namespace {
constexpr std::uint32_t listening = 1U << TCP_LISTEN;
constexpr std::uint32_t unconnected = 1U << TCP_CLOSE;  // also used by udp_diag and unix_diag
constexpr std::array<SocketQuestion, 5> questions{
    {{AF_INET, IPPROTO_TCP, listening, "TCP over IPv4"},
     {AF_INET6, IPPROTO_TCP, listening, "TCP over IPv6"},
     {AF_INET, IPPROTO_UDP, unconnected, "UDP over IPv4"},
     {AF_INET6, IPPROTO_UDP, unconnected, "UDP over IPv6"},
     {AF_UNIX, 0, listening | unconnected, "unix sockets"}}};

std::string ip_text(const inet_diag_msg& message) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const char* printed = inet_ntop(message.idiag_family, &message.id.idiag_src[0], text.data(),
                                  static_cast<socklen_t>(text.size()));
  return printed != nullptr ? printed : "";
}

// Returns whether the payload was well-formed; sockets that do not listen are skipped.
bool take_inet(Bytes payload, const SocketQuestion& question, std::vector<Listener>& out) {
  const auto message = front_as<inet_diag_msg>(payload);
  if (!message || message->idiag_family != question.family) {
    return false;
  }
  Listener found{.protocol = question.protocol == IPPROTO_TCP ? Protocol::tcp : Protocol::udp,
                 .address = ip_text(*message),
                 .port = ntohs(message->id.idiag_sport),
                 .uid = message->idiag_uid,
                 .cgroup = {}};
  const bool fits = for_each_attribute(
      payload.subspan(sizeof(inet_diag_msg)), [&found](int type, Bytes attribute) {
        if (type == INET_DIAG_CGROUP_ID) {
          found.cgroup_id = front_as<std::uint64_t>(attribute).value_or(0);
        } else if (type == INET_DIAG_SKV6ONLY) {
          found.v6only = front_as<std::uint8_t>(attribute).value_or(0) != 0;
        }
      });
  if (found.port != 0) {
    out.push_back(std::move(found));
  }
  return fits;
}

// "/path", or "@name" for an abstract name, with NULs as in /proc/net/unix.
std::string unix_name(Bytes attribute) {
  std::string name(attribute.size(), '\0');
  std::ranges::transform(attribute, name.begin(), [](std::byte b) { return static_cast<char>(b); });
  if (!name.starts_with('\0')) {
    return name.substr(0, name.find('\0'));
  }
  std::ranges::replace(name, '\0', '@');
  return name;
}

bool take_unix(Bytes payload, std::vector<Listener>& out) {
  const auto message = front_as<unix_diag_msg>(payload);
  if (!message || message->udiag_family != AF_UNIX) {
    return false;
  }
  Listener found{.protocol = Protocol::unix_stream, .address = {}, .cgroup = {}};
  const bool fits = for_each_attribute(
      payload.subspan(sizeof(unix_diag_msg)), [&found](int type, Bytes attribute) {
        if (type == UNIX_DIAG_NAME) {
          found.address = unix_name(attribute);
        } else if (const auto vfs = front_as<unix_diag_vfs>(attribute);
                   type == UNIX_DIAG_VFS && vfs) {
          found.device = vfs->udiag_vfs_dev;
          found.inode = vfs->udiag_vfs_ino;
        } else if (type == UNIX_DIAG_UID) {
          found.uid = front_as<std::uint32_t>(attribute).value_or(0);
        }
      });
  const bool serves = message->udiag_state == TCP_LISTEN || message->udiag_type == SOCK_DGRAM;
  if (serves && !found.address.empty()) {
    out.push_back(std::move(found));
  }
  return fits;
}

void take_message(const nlmsghdr& header, Bytes payload, const SocketQuestion& question,
                  SocketAnswer& answer) {
  answer.interrupted |= (header.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
  if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
    answer.error = netlink_error(payload);
    answer.done = header.nlmsg_type == NLMSG_DONE && answer.error == 0;
  } else if (header.nlmsg_type == SOCK_DIAG_BY_FAMILY) {
    answer.malformed |= question.family == AF_UNIX
                            ? !take_unix(payload, answer.listeners)
                            : !take_inet(payload, question, answer.listeners);
  }
}
}  // namespace

std::span<const SocketQuestion> socket_questions() {
  return questions;
}

std::vector<std::byte> print_question(const SocketQuestion& question, std::uint32_t sequence) {
  std::vector<std::byte> out;
  const bool is_unix = question.family == AF_UNIX;
  append(out, nlmsghdr{.nlmsg_len = static_cast<std::uint32_t>(
                           sizeof(nlmsghdr) +
                           (is_unix ? sizeof(unix_diag_req) : sizeof(inet_diag_req_v2))),
                       .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                       .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
                       .nlmsg_seq = sequence,
                       .nlmsg_pid = 0});
  if (is_unix) {
    append(out, unix_diag_req{.sdiag_family = AF_UNIX,
                              .sdiag_protocol = 0,
                              .pad = 0,
                              .udiag_states = question.states,
                              .udiag_ino = 0,
                              .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_VFS | UDIAG_SHOW_UID,
                              .udiag_cookie = {}});
  } else {
    inet_diag_req_v2 request{};  // the cgroup id and IPV6_V6ONLY are always included
    request.sdiag_family = question.family;
    request.sdiag_protocol = question.protocol;
    request.idiag_states = question.states;
    append(out, request);
  }
  return out;
}

SocketAnswer parse_answer(Bytes datagram, const SocketQuestion& question, std::uint32_t sequence) {
  SocketAnswer answer;
  const bool fits = for_each_message(datagram, [&](const nlmsghdr& header, Bytes payload) {
    if (header.nlmsg_seq == sequence && !answer.malformed) {
      take_message(header, payload, question, answer);
    }
  });
  if (answer.malformed || !fits) {
    return {.listeners = {}, .malformed = true};
  }
  return answer;
}
}  // namespace checklist::parse
