// SPDX-License-Identifier: MIT
#include "semantics/net/address.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
Address address(const char* text) {
  const auto parsed = parse_address(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Address{});
}

TEST(Address, IsReadInAnySpellingAndPrintedInOne) {
  const std::pair<const char*, const char*> spellings[] = {
      {"tcp:127.0.0.1:8080", "tcp:127.0.0.1:8080"},
      {"tcp:0.0.0.0:22", "tcp:0.0.0.0:22"},
      {"tcp:*:22", "tcp:*:22"},
      {"tcp:[::]:22", "tcp:[::]:22"},
      {"udp:[::1]:53", "udp:[::1]:53"},
      {"udp:[0:0:0:0:0:0:0:1]:53", "udp:[::1]:53"},
      {"tcp:[2001:DB8:0:0:1:0:0:1]:80", "tcp:[2001:db8::1:0:0:1]:80"},
      {"tcp:[2001:db8:0:1:1:1:1:1]:80", "tcp:[2001:db8:0:1:1:1:1:1]:80"},
      {"tcp:[fe80::]:80", "tcp:[fe80::]:80"},
      {"tcp:[1:2:3:4:5:6:7::]:80", "tcp:[1:2:3:4:5:6:7:0]:80"},
      {"tcp:[::ffff:127.0.0.1]:80", "tcp:127.0.0.1:80"},
      {"tcp:[::ffff:7f00:1]:80", "tcp:127.0.0.1:80"},
      {"tcp:[64:ff9b::192.0.2.1]:80", "tcp:[64:ff9b::c000:201]:80"},
      {"unix:/run//clamav/clamd.ctl", "unix:/run/clamav/clamd.ctl"},
      {"unix:@name", "unix:@name"},
      {"unix:@a//b", "unix:@a//b"}};
  for (const auto& [given, canonical] : spellings) {
    EXPECT_EQ(print_address(address(given)), canonical);
    EXPECT_EQ(parse_address(canonical), address(given));
  }
}

TEST(Address, IsNotReadFromWhatIsNone) {
  const std::string too_long = "unix:/" + std::string(107, 'x');
  for (const char* text : {"",
                           "tcp",
                           "tcp:",
                           "127.0.0.1:80",
                           "tcp:80",
                           "tcp:127.0.0.1",
                           "tcp:127.0.0.1:",
                           "tcp::80",
                           "tcp:127.0.0.1:0",
                           "tcp:127.0.0.1:65536",
                           "tcp:127.0.0.1:+80",
                           "tcp:127.0.0.1:80 ",
                           "tcp:127.0.0.256:80",
                           "tcp:127.0.0:80",
                           "tcp:127.0.0.01:80",
                           "tcp:127.0.0.1.1:80",
                           "tcp:localhost:80",
                           "tcp:::1:80",
                           "tcp:[127.0.0.1]:80",
                           "tcp:[::1:80",
                           "tcp:[]:80",
                           "tcp:[::1::]:80",
                           "tcp:[:::1]:80",
                           "tcp:[1:2:3:4:5:6:7]:80",
                           "tcp:[1:2:3:4:5:6:7:8:9]:80",
                           "tcp:[12345::]:80",
                           "tcp:[fe80::1%lo]:80",
                           "tcp:[1:]:80",
                           "tcp:[127.0.0.1::]:80",
                           "sctp:*:80",
                           "TCP:*:80",
                           "unix:",
                           "unix:relative",
                           "unix:/run/",
                           "unix:@",
                           too_long.c_str()}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

TEST(Address, OfADualStackListenerIsTheStar) {
  const Listener dual{.protocol = Protocol::tcp, .address = "::", .port = 80, .cgroup = {}};
  Listener only = dual;
  only.v6only = true;
  Listener mapped = dual;
  mapped.address = "::ffff:127.0.0.1";
  EXPECT_EQ(print_address(address_of(dual)), "tcp:*:80");
  EXPECT_EQ(print_address(address_of(only)), "tcp:[::]:80");
  EXPECT_EQ(print_address(address_of(mapped)), "tcp:127.0.0.1:80");
}

TEST(Address, CoversWhatItsSocketIsReachedBy) {
  const std::pair<const char*, const char*> wide_and_narrow[] = {
      {"tcp:0.0.0.0:80", "tcp:127.0.0.1:80"}, {"tcp:*:80", "tcp:127.0.0.1:80"},
      {"tcp:*:80", "tcp:0.0.0.0:80"},         {"tcp:*:80", "tcp:[::]:80"},
      {"tcp:*:80", "tcp:[::1]:80"},           {"tcp:[::]:80", "tcp:[::1]:80"}};
  for (const auto& [wide, narrow] : wide_and_narrow) {
    EXPECT_TRUE(covers(address(wide), address(narrow))) << wide << ' ' << narrow;
    EXPECT_FALSE(covers(address(narrow), address(wide))) << wide << ' ' << narrow;
    EXPECT_TRUE(covers(address(wide), address(wide))) << wide;
  }
  const std::pair<const char*, const char*> unrelated[] = {
      {"tcp:[::]:80", "tcp:127.0.0.1:80"},      {"tcp:0.0.0.0:80", "tcp:[::1]:80"},
      {"tcp:0.0.0.0:80", "udp:127.0.0.1:80"},   {"tcp:0.0.0.0:80", "tcp:127.0.0.1:81"},
      {"tcp:127.0.0.1:80", "tcp:127.0.0.2:80"}, {"unix:/run/a", "unix:/run/b"}};
  for (const auto& [one, other] : unrelated) {
    EXPECT_FALSE(covers(address(one), address(other))) << one << ' ' << other;
  }
}

TEST(Address, IsLoopbackOnlyWhereNobodyFromOutsideComes) {
  for (const char* text : {"tcp:127.0.0.1:1", "udp:127.255.0.3:1", "tcp:[::1]:1", "unix:/run/x"}) {
    EXPECT_TRUE(is_loopback(address(text))) << text;
  }
  for (const char* text : {"tcp:*:1", "tcp:0.0.0.0:1", "tcp:[::]:1", "tcp:10.0.0.1:1"}) {
    EXPECT_FALSE(is_loopback(address(text))) << text;
  }
}

TEST(Address, StarIsOneSocketOfBothFamiliesOrOneOfEach) {
  const Address star = address("tcp:*:80");
  ASSERT_EQ(parts(star).size(), 2U);
  for (const Address& part : parts(star)) {
    EXPECT_TRUE(is_exactly(star, part, star));
    EXPECT_TRUE(is_exactly(part, part, star));
  }
  const Address ipv4 = address("tcp:0.0.0.0:80");
  const Address ipv6 = address("tcp:[::]:80");
  EXPECT_FALSE(is_exactly(star, ipv4, ipv4));
  EXPECT_TRUE(is_exactly(star, ipv6, ipv6));
  EXPECT_FALSE(is_exactly(ipv4, ipv6, star));
}

TEST(Address, TellsInASpecWhatWouldBeOne) {
  ConfigErrors errors;
  const Value value{Values{Value{std::string("tcp:*:22")}, Value{std::string("localhost:22")},
                           Value{std::int64_t{22}}}};
  const auto read = read_value<std::vector<Address>>(value, "/listen", errors);
  ASSERT_EQ(errors.size(), 2U);
  EXPECT_EQ(errors[0].pointer, "/listen/1");
  EXPECT_NE(errors[0].expected.find("tcp:127.0.0.1:8080"), std::string::npos);
  EXPECT_EQ(errors[1].pointer, "/listen/2");
  EXPECT_EQ(read->size(), 1U);
}
}  // namespace
}  // namespace checklist::semantics
