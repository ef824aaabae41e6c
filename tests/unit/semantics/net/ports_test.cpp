// SPDX-License-Identifier: MIT
#include "semantics/net/ports.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
TEST(Ports, AreOneOrARange) {
  const auto one = parse_ports("tcp:80");
  ASSERT_TRUE(one);
  EXPECT_EQ(*one, (Ports{.protocol = Protocol::tcp, .first = 80, .last = 80}));
  EXPECT_TRUE(one->is_one());
  EXPECT_EQ(print_ports(*one), "tcp:80");

  const auto range = parse_ports("udp:60000-61000");
  ASSERT_TRUE(range);
  EXPECT_EQ(print_ports(*range), "udp:60000-61000");
  EXPECT_TRUE(range->contains(Protocol::udp, 60000));
  EXPECT_TRUE(range->contains(Protocol::udp, 61000));
  EXPECT_FALSE(range->contains(Protocol::udp, 61001));
  EXPECT_FALSE(range->contains(Protocol::tcp, 60500));
}

TEST(Ports, OfOtherSpellingsAreRefused) {
  for (const char* text : {"", "80", "tcp", "tcp:", "tcp:0", "tcp:65536", "tcp:9-8", "tcp:8-",
                           "tcp:-8", "unix:80", "TCP:80", "tcp:80 ", "tcp:*:80", "tcp:1-2-3"}) {
    EXPECT_FALSE(parse_ports(text)) << text;
  }
}
}  // namespace
}  // namespace checklist::semantics
