// SPDX-License-Identifier: MIT
#include "checks/sockets/host_binding.hpp"

#include <gtest/gtest.h>

#include "support/world.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;

Address on(std::string host) {
  return {.protocol = Protocol::tcp, .host = std::move(host), .port = 80};
}

const HostAddresses ipv4_only{.addresses = {"10.0.0.1", "127.0.0.0/8"}, .has_ipv6 = false};
const HostAddresses of_both{.addresses = {"10.0.0.1", "127.0.0.0/8", "::1"}, .has_ipv6 = true};

// x.service, which listens on some addresses of port 80.
class HostBindingTest : public ::testing::Test {
 protected:
  void listen(const std::vector<std::string>& hosts) {
    listeners_.clear();
    for (const std::string& host : hosts) {
      listeners_.push_back({.address = on(host),
                            .holder = {.ownership = Ownership::ours, .unit = "x.service"},
                            .listener = &listener_});
    }
  }

  Binding binding(const std::string& declared, Observed<HostAddresses> host,
                  Families families = Families::all) {
    auto world = testing::a_world("x.service");
    world.with(HostAddressesKey{}, std::move(host));
    View see = world.view();
    return binding_on_host(on(declared), {.listen = {on(declared)}, .families = families},
                           listeners_, see);
  }

  BindingState state(const std::string& declared, Observed<HostAddresses> host,
                     Families families = Families::all) {
    return binding(declared, std::move(host), families).state;
  }

  Listener listener_;
  std::vector<OwnedListener> listeners_;
  const Unseen unseen_{"permission", "access denied", ""};
};

TEST_F(HostBindingTest, StarIsTheFamiliesThatTheHostHas) {
  listen({"0.0.0.0"});
  EXPECT_EQ(state("*", ipv4_only), BindingState::exactly);
  EXPECT_EQ(state("*", of_both), BindingState::missing);
  EXPECT_EQ(state("*", unseen_), BindingState::unseen);
  listen({"*"});
  EXPECT_EQ(state("*", ipv4_only), BindingState::exactly);
  EXPECT_EQ(state("*", unseen_), BindingState::exactly) << "serves any host";
  listen({"::"});
  EXPECT_EQ(state("*", ipv4_only), BindingState::missing);
  listen({});
  EXPECT_EQ(state("*", ipv4_only), BindingState::missing);
  EXPECT_EQ(state("*", unseen_), BindingState::missing);
}

TEST_F(HostBindingTest, OneFamilyIsEnoughWhereTheSpecSaysSo) {
  for (const char* host : {"0.0.0.0", "::", "*"}) {
    listen({host});
    EXPECT_EQ(state("*", of_both, Families::any), BindingState::exactly) << host;
  }
  listen({"127.0.0.1"});
  EXPECT_EQ(state("*", of_both, Families::any), BindingState::missing);
  EXPECT_EQ(binding("*", of_both, Families::any).at, "tcp:127.0.0.1:80");
  listen({"0.0.0.0"});
  EXPECT_EQ(state("::", of_both, Families::any), BindingState::missing) << "is declared alone";
}

TEST_F(HostBindingTest, BothWildcardsMeanTheSameAsTheStar) {
  auto world = testing::a_world("x.service");
  world.with(HostAddressesKey{}, ipv4_only);
  listen({"0.0.0.0"});
  const BindingRequest want{.listen = {on("0.0.0.0"), on("::")}};
  for (const Address& declared : want.listen) {
    View see = world.view();
    EXPECT_EQ(binding_on_host(declared, want, listeners_, see).state, BindingState::exactly);
  }
}

TEST_F(HostBindingTest, AnAddressMustBeOneOfTheHost) {
  listen({"10.0.0.1", "10.0.0.2", "127.0.0.2", "::1", "224.0.0.251"});
  EXPECT_EQ(state("10.0.0.1", ipv4_only), BindingState::exactly);
  EXPECT_EQ(state("10.0.0.2", ipv4_only), BindingState::no_address);
  EXPECT_EQ(state("224.0.0.251", ipv4_only), BindingState::exactly);
  EXPECT_EQ(state("10.0.0.1", unseen_), BindingState::unseen);
  EXPECT_EQ(state("127.0.0.2", unseen_), BindingState::exactly) << "loopback is always there";
}

TEST_F(HostBindingTest, TellsThatTheAddressOfAMissingListenerIsMissingToo) {
  listen({});
  EXPECT_TRUE(binding("10.0.0.2", ipv4_only).host_lacks);
  EXPECT_TRUE(binding("::1", ipv4_only).host_lacks);
  EXPECT_FALSE(binding("10.0.0.1", ipv4_only).host_lacks);
  EXPECT_FALSE(binding("10.0.0.2", unseen_).host_lacks);
}
}  // namespace
}  // namespace checklist::checks
