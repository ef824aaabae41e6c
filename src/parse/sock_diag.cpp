// SPDX-License-Identifier: MIT
#include "parse/sock_diag.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace checklist::parse {
namespace {
using Bytes = std::span<const std::byte>;

constexpr std::uint32_t listening = 1U << TCP_LISTEN;
constexpr std::uint32_t unconnected = 1U << TCP_CLOSE;  // also used by udp_diag and unix_diag
constexpr std::array<SocketQuestion, 5> questions{
    {{AF_INET, IPPROTO_TCP, listening, "TCP over IPv4"},
     {AF_INET6, IPPROTO_TCP, listening, "TCP over IPv6"},
     {AF_INET, IPPROTO_UDP, unconnected, "UDP over IPv4"},
     {AF_INET6, IPPROTO_UDP, unconnected, "UDP over IPv6"},
     {AF_UNIX, 0, listening | unconnected, "unix sockets"}}};

// Reads a T from the front of a buffer that may be unaligned.
template <class T>
std::optional<T> front_as(Bytes bytes) {
  if (bytes.size() < sizeof(T)) {
    return std::nullopt;
  }
  T value{};
  std::memcpy(&value, bytes.data(), sizeof(T));
  return value;
}

template <class T>
void append(std::vector<std::byte>& out, const T& value) {
  const auto bytes = std::as_bytes(std::span(&value, 1));
  out.insert(out.end(), bytes.begin(), bytes.end());
}

constexpr std::size_t aligned(std::size_t length) {
  return (length + NLMSG_ALIGNTO - 1) & ~std::size_t{NLMSG_ALIGNTO - 1};
}

// Calls `each(type, payload)` for every attribute. Returns false if one exceeds the buffer.
template <class Each>
bool for_each_attribute(Bytes bytes, Each each) {
  while (!bytes.empty()) {
    const auto header = front_as<nlattr>(bytes);
    if (!header || header->nla_len < sizeof(nlattr) || header->nla_len > bytes.size()) {
      return false;
    }
    each(header->nla_type & NLA_TYPE_MASK,
         bytes.subspan(sizeof(nlattr), header->nla_len - sizeof(nlattr)));
    bytes = bytes.subspan(std::min(bytes.size(), aligned(header->nla_len)));
  }
  return true;
}

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

// NLMSG_ERROR and NLMSG_DONE begin with a negative errno, or 0.
int error_of(Bytes payload) {
  return -std::min(0, front_as<int>(payload).value_or(-EBADMSG));
}

void take_message(const nlmsghdr& header, Bytes payload, const SocketQuestion& question,
                  SocketAnswer& answer) {
  answer.interrupted |= (header.nlmsg_flags & NLM_F_DUMP_INTR) != 0;
  if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) {
    answer.error = error_of(payload);
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
  while (!datagram.empty() && !answer.malformed) {
    const auto header = front_as<nlmsghdr>(datagram);
    if (!header || header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > datagram.size()) {
      answer.malformed = true;
      break;
    }
    if (header->nlmsg_seq == sequence) {
      take_message(*header,
                   datagram.subspan(sizeof(nlmsghdr), header->nlmsg_len - sizeof(nlmsghdr)),
                   question, answer);
    }
    datagram = datagram.subspan(std::min(datagram.size(), aligned(header->nlmsg_len)));
  }
  if (answer.malformed) {
    return {.listeners = {}, .malformed = true};
  }
  return answer;
}
}  // namespace checklist::parse
