// SPDX-License-Identifier: MIT
#include "observe/sockets/unix_peer_observer.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using testing::listen_on_path;

class UnixPeerObserverTest : public ::testing::Test {
 protected:
  void follow() { observer_.follow({UnixPeerKey{path_}}); }

  bool answered() {
    return loop_.run_until([this] { return bool(fact_); }, 5s);
  }

  bool refused() {
    return loop_.run_until([this] { return !fact_.pending() && !fact_; }, 5s);
  }

  // How many connections wait in the socket's queue; takes them off it.
  static int connections(const testing::BoundSocket& socket) {
    int count = 0;
    pollfd waiting{.fd = socket.fd, .events = POLLIN, .revents = 0};
    while (::poll(&waiting, 1, 0) == 1) {
      ::close(::accept(socket.fd, nullptr, nullptr));
      ++count;
    }
    return count;
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "s.sock";
  event::Loop loop_;
  Observed<UnixPeer> fact_;
  UnixPeerObserver observer_{
      loop_, [this](const UnixPeerKey&, Observed<UnixPeer> fact) { fact_ = std::move(fact); }};
};

TEST_F(UnixPeerObserverTest, NamesTheProcessThatListens) {
  const auto socket = listen_on_path(SOCK_STREAM, path_);
  follow();
  ASSERT_TRUE(answered());
  EXPECT_EQ(fact_->pid, static_cast<std::uint32_t>(::getpid()));
  EXPECT_EQ(fact_->uid, ::getuid());
  EXPECT_TRUE(fact_->cgroup.starts_with('/'));
}

TEST_F(UnixPeerObserverTest, ReachesSeqpacketSocketsToo) {
  const auto socket = listen_on_path(SOCK_SEQPACKET, path_);
  follow();
  EXPECT_TRUE(answered());
}

TEST_F(UnixPeerObserverTest, ConnectsOnceUntilAnotherSocketIsBound) {
  auto socket = std::optional(listen_on_path(SOCK_STREAM, path_));
  follow();
  ASSERT_TRUE(answered());
  observer_.look_again();
  observer_.look_again();
  EXPECT_EQ(connections(*socket), 1);
  std::filesystem::remove(path_);
  ASSERT_TRUE(refused());
  socket.reset();
  socket.emplace(listen_on_path(SOCK_STREAM, path_));
  ASSERT_TRUE(answered());
  EXPECT_EQ(connections(*socket), 1);
}

TEST_F(UnixPeerObserverTest, TriesAgainWhenASocketIsBoundBeforeItListens) {
  const auto socket = listen_on_path(SOCK_DGRAM, path_);
  follow();
  ASSERT_TRUE(refused());
  EXPECT_EQ(fact_.unseen().reason, "unsupported");
  std::filesystem::remove(path_);
  const auto late = testing::bind_path(SOCK_STREAM, path_);
  ASSERT_TRUE(loop_.run_until([this] { return fact_.unseen().reason == "refused"; }, 5s));
  ASSERT_EQ(::listen(late.fd, 8), 0);
  EXPECT_TRUE(answered());
}

TEST_F(UnixPeerObserverTest, IsRefusedByAFileThatWasLeftBehind) {
  { const auto gone = listen_on_path(SOCK_STREAM, path_); }
  ASSERT_TRUE(std::filesystem::exists(path_));
  follow();
  ASSERT_TRUE(refused());
  EXPECT_EQ(fact_.unseen().reason, "refused");
}

TEST_F(UnixPeerObserverTest, RefusesAPathThatNoSocketCanHave) {
  const UnixPeerKey key{"/" + std::string(200, 'x')};
  observer_.follow({key});
  ASSERT_TRUE(refused());
  EXPECT_EQ(fact_.unseen().reason, "unsupported");
}
}  // namespace
}  // namespace checklist::observe
