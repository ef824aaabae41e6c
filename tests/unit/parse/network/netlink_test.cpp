// SPDX-License-Identifier: MIT
#include "parse/network/netlink.hpp"

#include <cerrno>

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
std::vector<std::byte> message(std::uint16_t type, std::uint32_t length, int payload) {
  std::vector<std::byte> out;
  append(out, nlmsghdr{.nlmsg_len = length,
                       .nlmsg_type = type,
                       .nlmsg_flags = 0,
                       .nlmsg_seq = 1,
                       .nlmsg_pid = 0});
  append(out, payload);
  return out;
}

TEST(Netlink, VisitsEveryMessageOfADatagram) {
  auto datagram = message(NLMSG_DONE, 20, -EPERM);
  const auto second = message(NLMSG_DONE, 20, 0);
  datagram.insert(datagram.end(), second.begin(), second.end());
  std::vector<int> errors;
  EXPECT_TRUE(for_each_message(datagram, [&](const nlmsghdr& /*header*/, Bytes payload) {
    errors.push_back(netlink_error(payload));
  }));
  EXPECT_EQ(errors, (std::vector{EPERM, 0}));
}

TEST(Netlink, StopsAtALengthThatExceedsTheBuffer) {
  for (const std::uint32_t length : {0U, 15U, 21U, UINT32_MAX}) {
    EXPECT_FALSE(for_each_message(message(NLMSG_DONE, length, 0), [](const nlmsghdr& /*header*/,
                                                                     Bytes /*payload*/) {
    })) << length;
  }
  EXPECT_EQ(netlink_error({}), EBADMSG);
}
}  // namespace
}  // namespace checklist::parse
