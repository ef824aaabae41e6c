// SPDX-License-Identifier: MIT
// The layout of netlink(7) messages: headers, and attributes of a type and a payload.
#pragma once
#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include <linux/netlink.h>

namespace checklist::parse {
using Bytes = std::span<const std::byte>;

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

constexpr std::size_t netlink_aligned(std::size_t length) {
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
    bytes = bytes.subspan(std::min(bytes.size(), netlink_aligned(header->nla_len)));
  }
  return true;
}

// Calls `each(header, payload)` for every message of a datagram. Returns false if one exceeds it.
template <class Each>
bool for_each_message(Bytes datagram, Each each) {
  while (!datagram.empty()) {
    const auto header = front_as<nlmsghdr>(datagram);
    if (!header || header->nlmsg_len < sizeof(nlmsghdr) || header->nlmsg_len > datagram.size()) {
      return false;
    }
    each(*header, datagram.subspan(sizeof(nlmsghdr), header->nlmsg_len - sizeof(nlmsghdr)));
    datagram = datagram.subspan(std::min(datagram.size(), netlink_aligned(header->nlmsg_len)));
  }
  return true;
}

// Returns the errno of NLMSG_ERROR or NLMSG_DONE, which begin with it, negated; 0 for none.
inline int netlink_error(Bytes payload) {
  return -std::min(0, front_as<int>(payload).value_or(-EBADMSG));
}
}  // namespace checklist::parse
