// SPDX-License-Identifier: MIT
#include "observe/sockets/host_address_observer.hpp"

#include <gmock/gmock.h>

namespace checklist::observe {
namespace {
using ::testing::Contains;

// Every network namespace that runs tests has a loopback interface that is up.
TEST(HostAddressObserver, SeesTheLoopbackInterface) {
  event::Loop loop;
  Observed<HostAddresses> fact;
  HostAddressObserver observer(
      loop, [&fact](const HostAddressesKey& /*key*/, auto seen) { fact = std::move(seen); });
  EXPECT_TRUE(fact.pending());
  observer.follow({HostAddressesKey{}});
  ASSERT_TRUE(fact);
  EXPECT_THAT(fact->addresses, Contains("127.0.0.1"));
  EXPECT_THAT(fact->addresses, Contains("127.0.0.0/8"));
  EXPECT_TRUE(std::ranges::is_sorted(fact->addresses));
}
}  // namespace
}  // namespace checklist::observe
