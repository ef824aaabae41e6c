// SPDX-License-Identifier: MIT
#include "observe/sockets/local_ports_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
class LocalPortsObserverTest : public ::testing::Test {
 protected:
  void write(const std::string& text) {
    std::filesystem::create_directories(root_.path() / "proc/sys/net/ipv4");
    std::ofstream(root_.path() / "proc/sys/net/ipv4/ip_local_port_range") << text;
  }

  testing::TemporaryDirectory root_;
  Observed<PortRange> fact_;
  LocalPortsObserver observer_{
      [this](const LocalPortsKey&, Observed<PortRange> fact) { fact_ = std::move(fact); },
      root_.path()};
};

TEST_F(LocalPortsObserverTest, ReadsTheSysctlAgainOnTheResync) {
  write("32768\t60999\n");
  observer_.follow({LocalPortsKey{}});
  ASSERT_TRUE(fact_);
  EXPECT_EQ(fact_->first, 32768);
  write("20000\t30000\n");
  observer_.look_again();
  EXPECT_EQ(*fact_, (PortRange{.first = 20000, .last = 30000}));
}

TEST_F(LocalPortsObserverTest, TellsThatItCannotBeRead) {
  observer_.follow({LocalPortsKey{}});
  EXPECT_FALSE(fact_);
  EXPECT_EQ(fact_.unseen().reason, "own_sandbox");
}

TEST_F(LocalPortsObserverTest, IsSilentWhenNobodyAsks) {
  write("32768\t60999\n");
  observer_.follow({});
  observer_.look_again();
  EXPECT_TRUE(fact_.pending());
}
}  // namespace
}  // namespace checklist::observe
