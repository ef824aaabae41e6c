// SPDX-License-Identifier: MIT
#include "engine/own_sandbox.hpp"

#include <gtest/gtest.h>

namespace checklist::engine {
namespace {
const Unseen users{"own_sandbox", "users", "set PrivateUsers=no"};
const Unseen network{"own_sandbox", "network", "set PrivateNetwork=no"};

ProbeKey probe(const std::string& unix_socket) {
  ProbeKey out;
  out.request.unix_socket = unix_socket;
  return out;
}

TEST(OwnSandbox, HidesNothingByItself) {
  const OwnSandbox none({}, {});
  EXPECT_FALSE(none.hides(ProcessKey{}));
  EXPECT_FALSE(none.hides(ListenersKey{}));
  EXPECT_FALSE(none.hides(probe("")));
  EXPECT_FALSE(none.hides_users());
}

TEST(OwnSandbox, HidesOwnersWithTheUsers) {
  const OwnSandbox it(users, {});
  EXPECT_EQ(it.hides(ProcessKey{}), users);
  EXPECT_EQ(it.hides(NodeKey{}), users);
  EXPECT_EQ(it.hides(FileKey{}), users);
  EXPECT_EQ(it.hides_users(), users);
  EXPECT_FALSE(it.hides(ListenersKey{}));
  EXPECT_FALSE(it.hides(probe("")));
}

TEST(OwnSandbox, HidesSocketsWithTheNetworkButNotThoseAtAPath) {
  const OwnSandbox it({}, network);
  EXPECT_EQ(it.hides(ListenersKey{}), network);
  EXPECT_EQ(it.hides(HostAddressesKey{}), network);
  EXPECT_EQ(it.hides(LocalPortsKey{}), network);
  EXPECT_EQ(it.hides(probe("")), network);
  EXPECT_EQ(it.hides(probe("@name")), network);
  EXPECT_FALSE(it.hides(probe("/run/x.sock")));
  EXPECT_FALSE(it.hides(ProcessKey{}));
}
}  // namespace
}  // namespace checklist::engine
