// SPDX-License-Identifier: MIT
#include "parse/local_ports.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
TEST(LocalPorts, AreTheTwoNumbersOfTheSysctl) {
  EXPECT_EQ(local_ports("32768\t60999\n"), (PortRange{.first = 32768, .last = 60999}));
  EXPECT_EQ(local_ports("1024 65535"), (PortRange{.first = 1024, .last = 65535}));
}

TEST(LocalPorts, AreNotReadFromWhatIsNoRange) {
  for (const char* text : {"", "\n", "32768", "32768\t", "60999\t32768\n", "1\t70000\n", "a\tb\n",
                           "1\t2\t3\n", "-1\t5\n"}) {
    EXPECT_FALSE(local_ports(text)) << text;
  }
}
}  // namespace
}  // namespace checklist::parse
