// SPDX-License-Identifier: MIT
#include <deque>

#include <gtest/gtest.h>

#include "checks/sockets/binding.hpp"

namespace checklist::checks {
namespace {
using semantics::Address;

Address on(std::string host, std::uint16_t port = 80, Protocol protocol = Protocol::tcp) {
  return {.protocol = protocol, .host = std::move(host), .port = port};
}

// The listeners of a host, by owner.
class InetBindingTest : public ::testing::Test {
 protected:
  void add(const Address& address, Ownership ownership) {
    const bool is_ours = ownership == Ownership::ours;
    Listener listener;
    listener.cgroup = is_ours                           ? "/system.slice/x.service"
                      : ownership == Ownership::foreign ? "/system.slice/y.service"
                                                        : "";
    facts_.push_back(listener);
    listeners_.push_back({.address = address,
                          .holder = {.ownership = ownership, .unit = is_ours ? "x.service" : ""},
                          .listener = &facts_.back()});
  }

  void only(const Address& address, Ownership ownership) {
    listeners_.clear();
    add(address, ownership);
  }

  Binding binding(const Address& declared) {
    return inet_binding(declared, {{declared}}, listeners_);
  }

  BindingState state(const Address& declared) { return binding(declared).state; }

  std::deque<Listener> facts_;  // does not move its elements
  std::vector<OwnedListener> listeners_;
};

TEST_F(InetBindingTest, IsExactWhereTheUnitListensAsDeclared) {
  only(on("127.0.0.1"), Ownership::ours);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::exactly);
  EXPECT_EQ(binding(on("127.0.0.1")).by, "x.service");
}

TEST_F(InetBindingTest, IsMissingOnAnotherPortProtocolOrAddress) {
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::missing);
  only(on("127.0.0.1", 81), Ownership::ours);
  add(on("127.0.0.1", 80, Protocol::udp), Ownership::ours);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::missing);
  EXPECT_EQ(binding(on("127.0.0.1")).at, "");
  add(on("127.0.0.2"), Ownership::ours);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::missing);
  EXPECT_EQ(binding(on("127.0.0.1")).at, "tcp:127.0.0.2:80");
}

TEST_F(InetBindingTest, IsWiderWhereMoreAddressesReachTheUnit) {
  only(on("0.0.0.0"), Ownership::ours);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::wider);
  EXPECT_EQ(binding(on("127.0.0.1")).at, "tcp:0.0.0.0:80");
  EXPECT_EQ(state(on("0.0.0.0")), BindingState::exactly);
}

TEST_F(InetBindingTest, IsForeignOrUnclearWhereAnotherReceives) {
  only(on("0.0.0.0"), Ownership::foreign);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::foreign);
  EXPECT_EQ(binding(on("127.0.0.1")).by, "y.service");
  EXPECT_EQ(binding(on("127.0.0.1")).at, "tcp:0.0.0.0:80");
  only(on("127.0.0.1"), Ownership::unknown);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::unclear);
}

TEST_F(InetBindingTest, IsOfTheMoreExactSocket) {
  only(on("0.0.0.0"), Ownership::foreign);
  add(on("127.0.0.1"), Ownership::ours);
  EXPECT_EQ(state(on("127.0.0.1")), BindingState::exactly);
}

TEST_F(InetBindingTest, IsForeignWhereAnotherSharesATcpSocketsAddress) {
  for (const auto& [protocol, expected] : {std::pair{Protocol::tcp, BindingState::foreign},
                                           std::pair{Protocol::udp, BindingState::exactly}}) {
    const Address shared = on("127.0.0.1", 80, protocol);
    only(shared, Ownership::ours);
    add(shared, Ownership::foreign);
    EXPECT_EQ(state(shared), expected);
  }
}

TEST_F(InetBindingTest, IsOfBothFamiliesForTheStarOrBothWildcards) {
  const std::vector<Address> both{on("0.0.0.0"), on("::")};
  only(on("*"), Ownership::ours);
  EXPECT_EQ(state(on("*")), BindingState::exactly);
  EXPECT_EQ(inet_binding(both[0], both, listeners_).state, BindingState::exactly);
  EXPECT_EQ(state(on("0.0.0.0")), BindingState::wider) << "declared without [::]";
  only(on("0.0.0.0"), Ownership::ours);
  EXPECT_EQ(state(on("*")), BindingState::missing) << "of IPv6";
  add(on("::"), Ownership::ours);
  EXPECT_EQ(state(on("*")), BindingState::exactly);
  listeners_.back().holder.ownership = Ownership::foreign;
  EXPECT_EQ(state(on("*")), BindingState::foreign);
}

TEST_F(InetBindingTest, DoesNotNameADeclaredAddressAsTheOneInsteadOfAnother) {
  const std::vector<Address> both{on("127.0.0.1"), on("10.0.0.1")};
  only(on("127.0.0.1"), Ownership::ours);
  EXPECT_EQ(inet_binding(both[1], both, listeners_).state, BindingState::missing);
  EXPECT_EQ(inet_binding(both[1], both, listeners_).at, "");
  EXPECT_EQ(binding(on("10.0.0.1")).at, "tcp:127.0.0.1:80");
}

TEST(IsRelated, HoldsForWildcardsAndForWhatTheDeclaredAddressCovers) {
  EXPECT_TRUE(is_related(on("0.0.0.0"), on("127.0.0.1")));
  EXPECT_TRUE(is_related(on("127.0.0.1"), on("0.0.0.0")));
  EXPECT_TRUE(is_related(on("127.0.0.1"), on("127.0.0.1")));
  EXPECT_FALSE(is_related(on("127.0.0.2"), on("127.0.0.1")));
  EXPECT_FALSE(is_related(on("127.0.0.1", 81), on("127.0.0.1")));
  EXPECT_FALSE(is_related(on("0.0.0.0", 80, Protocol::udp), on("127.0.0.1")));
}
}  // namespace
}  // namespace checklist::checks
