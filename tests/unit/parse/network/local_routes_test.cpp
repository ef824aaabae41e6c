// SPDX-License-Identifier: MIT
#include "parse/network/local_routes.hpp"

#include <cerrno>

#include <gmock/gmock.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "parse/network/netlink.hpp"

namespace checklist::parse {
namespace {
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t sequence = 7;

void append_all(std::vector<std::byte>& out, const std::vector<std::byte>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

std::vector<std::byte> message(std::uint16_t type, const std::vector<std::byte>& payload) {
  std::vector<std::byte> out;
  append(out, nlmsghdr{.nlmsg_len = static_cast<std::uint32_t>(sizeof(nlmsghdr) + payload.size()),
                       .nlmsg_type = type,
                       .nlmsg_flags = NLM_F_MULTI,
                       .nlmsg_seq = sequence,
                       .nlmsg_pid = 0});
  append_all(out, payload);
  return out;
}

std::vector<std::byte> route(std::array<std::uint8_t, 4> address, std::uint8_t length,
                             std::uint8_t type = RTN_LOCAL, std::uint8_t table = RT_TABLE_LOCAL) {
  std::vector<std::byte> out;
  rtmsg header{};
  header.rtm_family = AF_INET;
  header.rtm_dst_len = length;
  header.rtm_type = type;
  header.rtm_table = table;
  append(out, header);
  append(out, nlattr{.nla_len = sizeof(nlattr) + 4, .nla_type = RTA_DST});
  append(out, address);
  return message(RTM_NEWROUTE, out);
}

std::vector<std::byte> done(int error = 0) {
  std::vector<std::byte> out;
  append(out, error);
  return message(NLMSG_DONE, out);
}

TEST(LocalRoutes, AreWhatTheKernelDeliversToItself) {
  auto datagram = route({127, 0, 0, 0}, 8);
  append_all(datagram, route({10, 0, 0, 5}, 32));
  append_all(datagram, route({10, 0, 0, 255}, 32, RTN_BROADCAST));
  append_all(datagram, route({10, 1, 0, 0}, 16, RTN_UNREACHABLE));
  append_all(datagram, route({10, 2, 0, 0}, 16, RTN_UNICAST, RT_TABLE_MAIN));
  append_all(datagram, done());
  const auto found = parse_local_routes(datagram, sequence);
  EXPECT_THAT(found.prefixes, ElementsAre("127.0.0.0/8", "10.0.0.5", "10.0.0.255"));
  EXPECT_TRUE(found.done);
  EXPECT_FALSE(found.malformed);
}

TEST(LocalRoutes, AreNotTakenFromAnotherAnswer) {
  const auto found = parse_local_routes(route({127, 0, 0, 0}, 8), sequence + 1);
  EXPECT_THAT(found.prefixes, IsEmpty());
  EXPECT_FALSE(found.done);
}

TEST(LocalRoutes, EndWithAnError) {
  const auto found = parse_local_routes(done(-EPERM), sequence);
  EXPECT_EQ(found.error, EPERM);
  EXPECT_FALSE(found.done);
}

TEST(LocalRoutes, AreMalformedWhereALengthIsWrong) {
  auto datagram = route({127, 0, 0, 0}, 8);
  for (std::size_t size = 1; size < datagram.size(); ++size) {
    EXPECT_TRUE(parse_local_routes(std::span(datagram).first(size), sequence).malformed) << size;
  }
}

TEST(LocalRoutes, AreAskedForByFamily) {
  const auto question = local_routes_question(AF_INET6, 9);
  const auto header = front_as<nlmsghdr>(question);
  const auto request = front_as<rtmsg>(std::span(question).subspan(sizeof(nlmsghdr)));
  EXPECT_EQ(header->nlmsg_len, question.size());
  EXPECT_EQ(header->nlmsg_seq, 9U);
  EXPECT_EQ(request->rtm_family, AF_INET6);
  EXPECT_EQ(request->rtm_table, RT_TABLE_LOCAL);
}
}  // namespace
}  // namespace checklist::parse
