// SPDX-License-Identifier: MIT
#include "parse/sock_diag.hpp"

#include <random>
#include <string_view>

#include <gmock/gmock.h>

#include "parse/sock_diag_recorded.hpp"

namespace checklist::parse {
namespace {
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Bytes = std::vector<std::byte>;
constexpr std::uint32_t sequence = 7;  // of what was recorded
constexpr std::size_t tcp4 = 0;
constexpr std::size_t tcp6 = 1;
constexpr std::size_t udp4 = 2;
constexpr std::size_t udp6 = 3;
constexpr std::size_t unix_sockets = 4;

Bytes bytes(std::string_view hex) {
  Bytes out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out.push_back(std::byte(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

SocketAnswer parsed(const Bytes& datagram, std::size_t question) {
  return parse_answer(datagram, socket_questions()[question], sequence);
}

TEST(SockDiag, ReadsWhereEachSocketListensAndInWhichCgroup) {
  EXPECT_THAT(parsed(bytes(recorded::tcp4), tcp4).listeners,
              ElementsAre(Listener{.protocol = Protocol::tcp,
                                   .address = "127.0.0.1",
                                   .port = 8080,
                                   .cgroup_id = 1,
                                   .cgroup = {}}));
  EXPECT_THAT(
      parsed(bytes(recorded::tcp6), tcp6).listeners,
      UnorderedElementsAre(
          Listener{
              .protocol = Protocol::tcp, .address = "::", .port = 22, .cgroup_id = 1, .cgroup = {}},
          Listener{.protocol = Protocol::tcp,
                   .address = "::1",
                   .port = 53,
                   .v6only = true,
                   .cgroup_id = 1,
                   .cgroup = {}}));
  EXPECT_THAT(parsed(bytes(recorded::udp4), udp4).listeners,
              ElementsAre(Listener{.protocol = Protocol::udp,
                                   .address = "0.0.0.0",
                                   .port = 5353,
                                   .cgroup_id = 1,
                                   .cgroup = {}}));
  EXPECT_THAT(parsed(bytes(recorded::udp6), udp6).listeners,
              ElementsAre(Listener{.protocol = Protocol::udp,
                                   .address = "::ffff:127.0.0.1",
                                   .port = 123,
                                   .cgroup_id = 1,
                                   .cgroup = {}}));
}

TEST(SockDiag, ReadsUnixSocketsThatServeAndTheInodesTheyAreBoundTo) {
  const auto answer = parsed(bytes(recorded::unix_sockets), unix_sockets);
  ASSERT_EQ(answer.listeners.size(), 3U) << "a socket that was bound and does not listen is none";
  EXPECT_EQ(answer.listeners[0].address, "/tmp/ports/s.sock");
  EXPECT_EQ(answer.listeners[0].device, 0x0fe00000U);
  EXPECT_NE(answer.listeners[0].inode, 0U);
  EXPECT_EQ(answer.listeners[1].address, "/tmp/ports/d.sock");
  EXPECT_EQ(answer.listeners[2].address, "@name@x");
  EXPECT_EQ(answer.listeners[2].inode, 0U);
}

TEST(SockDiag, EndsWithTheLastMessageOnly) {
  EXPECT_FALSE(parsed(bytes(recorded::tcp4), tcp4).done);
  const auto end = parsed(bytes(recorded::done), tcp4);
  EXPECT_TRUE(end.done);
  EXPECT_EQ(end.error, 0);
}

TEST(SockDiag, LeavesOutAnswersToEarlierQuestions) {
  const auto answer = parse_answer(bytes(recorded::tcp4), socket_questions()[tcp4], sequence + 1);
  EXPECT_THAT(answer.listeners, IsEmpty());
  EXPECT_FALSE(answer.malformed);
}

TEST(SockDiag, TellsAnInterruptedDump) {
  Bytes datagram = bytes(recorded::tcp4);
  datagram[6] |= std::byte{0x10};  // NLM_F_DUMP_INTR
  EXPECT_TRUE(parsed(datagram, tcp4).interrupted);
}

TEST(SockDiag, TellsTheKernelsRefusal) {
  Bytes refused = bytes(recorded::done);
  refused[16] = std::byte{0xfe};  // -ENOENT: udp_diag is not there
  refused[17] = refused[18] = refused[19] = std::byte{0xff};
  EXPECT_EQ(parsed(refused, udp4).error, ENOENT);
  EXPECT_FALSE(parsed(refused, udp4).done);
  refused[4] = std::byte{2};  // as NLMSG_ERROR
  EXPECT_EQ(parsed(refused, udp4).error, ENOENT);
}

TEST(SockDiag, BelievesNothingOfATruncatedMessage) {
  const std::pair<const char*, std::size_t> answers[] = {{recorded::tcp6, tcp6},
                                                         {recorded::unix_sockets, unix_sockets}};
  for (const auto& [hex, question] : answers) {
    const Bytes whole = bytes(hex);
    std::size_t whole_messages = 0;
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const auto answer =
          parsed(Bytes(whole.begin(), whole.begin() + static_cast<long>(length)), question);
      EXPECT_TRUE(!answer.malformed || answer.listeners.empty());
      whole_messages += answer.malformed ? 0 : 1;
    }
    EXPECT_LE(whole_messages, 4U) << "only where a message ends";
  }
}

TEST(SockDiag, RefusesAFamilyThatWasNotAskedFor) {
  EXPECT_TRUE(parsed(bytes(recorded::tcp6), tcp4).malformed);
  EXPECT_TRUE(parsed(bytes(recorded::tcp4), unix_sockets).malformed);
}

TEST(SockDiag, SurvivesAnyBytes) {
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same bytes every time
  const Bytes seeds[] = {bytes(recorded::tcp6), bytes(recorded::unix_sockets)};
  std::size_t malformed = 0;
  for (int round = 0; round < 20'000; ++round) {
    Bytes datagram = seeds[random() % 2];
    for (int flips = 0; flips < 4; ++flips) {
      datagram[random() % datagram.size()] = std::byte(random() & 0xff);
    }
    datagram.resize(random() % 4 == 0 ? random() % datagram.size() : datagram.size());
    for (std::size_t question = 0; question < socket_questions().size(); ++question) {
      malformed += parsed(datagram, question).malformed ? 1U : 0U;
    }
  }
  EXPECT_GT(malformed, 10'000U);
}
}  // namespace
}  // namespace checklist::parse
