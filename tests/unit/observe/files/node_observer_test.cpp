// SPDX-License-Identifier: MIT
#include "observe/files/node_observer.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>

#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

class NodeObserverTest : public ::testing::Test {
 protected:
  bool turns_to(const std::function<bool(const Node&)>& is) {
    return loop_.run_until([&] { return fact_ && is(*fact_); }, 5s);
  }

  std::string at(const std::string& path) { return root_.path().string() + path; }

  testing::TemporaryDirectory root_;
  event::Loop loop_;
  Observed<Node> fact_;
  RootFacts root_facts_{loop_, [] {}, at("/facts.json"), at("/look")};
  NodeObserver observer_{loop_,
                         [this](const NodeKey&, Observed<Node> fact) { fact_ = std::move(fact); },
                         root_facts_, root_.path()};
};

TEST_F(NodeObserverTest, HearsOfWhatAppearsChangesItsModeAndGoes) {
  observer_.follow({NodeKey{"/dri/node"}});
  ASSERT_TRUE(turns_to([](const Node& node) { return node.type == NodeType::missing; }));
  std::filesystem::create_directory(at("/dri"));
  std::ofstream(at("/dri/node")) << "x";
  ASSERT_TRUE(turns_to([](const Node& node) { return node.type == NodeType::regular; }));
  std::filesystem::permissions(at("/dri/node"), std::filesystem::perms(0640));
  ASSERT_TRUE(turns_to([](const Node& node) { return node.permissions.mode == 0640; }));
  std::filesystem::remove_all(at("/dri"));
  EXPECT_TRUE(turns_to([](const Node& node) { return node.type == NodeType::missing; }));
}

TEST_F(NodeObserverTest, HearsOfADirectorysMode) {
  std::filesystem::create_directory(at("/dri"));
  observer_.follow({NodeKey{"/dri"}});
  ASSERT_TRUE(turns_to([](const Node& node) { return node.type == NodeType::directory; }));
  std::filesystem::permissions(at("/dri"), std::filesystem::perms(0700));
  EXPECT_TRUE(turns_to([](const Node& node) { return node.permissions.mode == 0700; }));
}

TEST_F(NodeObserverTest, SeesTheCapabilitiesOfAFile) {
  std::ofstream(at("/ping")) << "x";
  EXPECT_EQ(node_at(at("/ping"))->capabilities, std::nullopt);
  const std::string raw("\x01\0\0\x02\0\x20\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
  if (::setxattr(at("/ping").c_str(), "security.capability", raw.data(), raw.size(), 0) != 0) {
    GTEST_SKIP() << "setting capabilities needs root";
  }
  EXPECT_EQ(node_at(at("/ping"))->capabilities,
            (FileCapabilities{.permitted = 1U << 13U, .inheritable = 0, .effective = true}));
}

TEST_F(NodeObserverTest, SeesALinkAsItStands) {
  std::filesystem::create_symlink("nvidia0", at("/gpu"));
  const auto node = node_at(at("/gpu"));
  ASSERT_TRUE(node);
  EXPECT_EQ(node->type, NodeType::symlink);
  EXPECT_EQ(node->link, "nvidia0");
}

TEST_F(NodeObserverTest, SeesADevice) {
  const auto null = node_at("/dev/null");
  ASSERT_TRUE(null);
  EXPECT_EQ(null->type, NodeType::character);
  EXPECT_EQ(null->major, 1U);
  EXPECT_EQ(null->minor, 3U);
}

TEST_F(NodeObserverTest, KnowsWhenADeviceWasCreated) {
  struct statx status {};

  ASSERT_EQ(::statx(AT_FDCWD, "/dev/null", 0, STATX_BTIME, &status), 0);
  const auto null = node_at("/dev/null");
  ASSERT_TRUE(null);
  EXPECT_EQ(null->born.has_value(), (status.stx_mask & STATX_BTIME) != 0);
  EXPECT_FALSE(null->absent);
}

TEST_F(NodeObserverTest, HearsOfAnAcl) {
  std::ofstream(at("/node")) << "x";
  observer_.follow({NodeKey{"/node"}});
  ASSERT_TRUE(turns_to([](const Node& node) { return !node.permissions.acl; }));
  // u::rw-, u:900:r--, g::---, m::r--, o::---
  constexpr std::array<unsigned char, 44> acl{
      2, 0,    0,   0,   1,   0,   6,    0, 255, 255, 255, 255, 2,   0,    4,
      0, 0x84, 3,   0,   0,   4,   0,    0, 0,   255, 255, 255, 255, 0x10, 0,
      4, 0,    255, 255, 255, 255, 0x20, 0, 0,   0,   255, 255, 255, 255};
  if (::setxattr(at("/node").c_str(), "system.posix_acl_access", acl.data(), acl.size(), 0) != 0) {
    GTEST_SKIP() << "the file system of " << root_.path() << " has no ACLs";
  }
  ASSERT_TRUE(turns_to([](const Node& node) { return node.permissions.acl.has_value(); }));
  EXPECT_EQ(fact_->permissions.acl->named.at(0),
            (AclEntry{.for_group = false, .id = 900, .bits = 4}));
}

Node a_node(std::uint32_t minor, std::optional<WallTime> born) {
  Node out;
  out.type = NodeType::character;
  out.major = 195;
  out.minor = minor;
  out.born = born;
  return out;
}

TEST(NodeHistory, TellsWhatWasThereFromWhatAppears) {
  NodeHistory history;
  const TimePoint now{100s};
  const WallTime early{1000s};
  EXPECT_EQ(history.with_age(a_node(0, early), now).absent, std::nullopt);
  EXPECT_EQ(history.with_age(Node{}, now + 10s).type, NodeType::missing);
  EXPECT_EQ(history.with_age(Node{}, now + 20s).type, NodeType::missing);
  const WallTime late{1030s};
  const Node again = history.with_age(a_node(0, late), now + 30s);
  EXPECT_EQ(again.absent, now + 20s);
  EXPECT_EQ(again.born, late);
  ASSERT_EQ(again.former.size(), 1U);
  EXPECT_EQ(again.former[0].born, early);
  EXPECT_EQ(again.former[0].gone, now + 10s);
  const Node other = history.with_age(a_node(1, late), now + 40s);
  EXPECT_EQ(other.absent, now + 30s);
  EXPECT_TRUE(other.former.empty());
  const Node back = history.with_age(a_node(0, late), now + 50s);
  ASSERT_EQ(back.former.size(), 2U);
  EXPECT_EQ(back.former[1].gone, now + 40s);
}

TEST(NodeHistory, ANodeThatIsMadeAnewAtOnceIsTheSame) {
  NodeHistory history;
  const TimePoint now{100s};
  const WallTime early{1000s};
  EXPECT_EQ(history.with_age(a_node(0, early), now).born, early);
  EXPECT_EQ(history.with_age(a_node(0, WallTime{1010s}), now + 10s).born, early);
  EXPECT_EQ(history.with_age(Node{}, now + 10s + 300ms).type, NodeType::missing);
  const Node again = history.with_age(a_node(0, WallTime{1020s}), now + 10s + 500ms);
  EXPECT_EQ(again.born, early);
  EXPECT_EQ(again.absent, std::nullopt);
}
}  // namespace
}  // namespace checklist::observe
