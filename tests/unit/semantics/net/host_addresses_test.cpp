// SPDX-License-Identifier: MIT
#include "semantics/net/host_addresses.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
const HostAddresses host{
    .addresses = {"10.0.0.5", "127.0.0.0/8", "192.168.0.0/17", "::1", "2001:db8::/61", "fe80::1"},
    .has_ipv6 = true};

TEST(HostAddresses, HasWhatAnInterfaceOrALocalPrefixHas) {
  for (const char* ip : {"10.0.0.5", "127.0.0.1", "127.0.0.2", "192.168.127.255", "::1", "fe80::1",
                         "2001:db8:0:7::1"}) {
    EXPECT_TRUE(has_address(host, ip)) << ip;
  }
  for (const char* ip :
       {"10.0.0.6", "128.0.0.1", "192.168.128.0", "::2", "fe80::2", "2001:db8:0:8::1"}) {
    EXPECT_FALSE(has_address(host, ip)) << ip;
  }
}

TEST(HostAddresses, HasEveryMulticastAndTheBroadcastAddress) {
  for (const char* ip : {"224.0.0.251", "239.255.255.250", "ff02::fb", "255.255.255.255"}) {
    EXPECT_TRUE(has_address({}, ip)) << ip;
  }
}

TEST(HostAddresses, HasNoAddressForAPrefixThatIsNone) {
  EXPECT_FALSE(
      has_address({.addresses = {"", "/8", "10.0.0.0/x", "10.0.0.0/33", "::/129"}}, "10.0.0.1"));
}
}  // namespace
}  // namespace checklist::semantics
