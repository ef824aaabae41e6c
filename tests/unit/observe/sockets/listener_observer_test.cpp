// SPDX-License-Identifier: MIT
#include "observe/sockets/listener_observer.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
using testing::listen_on;
using testing::listen_on_path;

class ListenerObserverTest : public ::testing::Test {
 protected:
  // Turns the loop until a listener satisfies the predicate, or five seconds are over.
  bool see(const std::function<bool(const Listener&)>& wanted) {
    return loop_.run_until(
        [&] { return fact_ && std::any_of(fact_->begin(), fact_->end(), wanted); }, 5s);
  }

  bool see_none(std::uint16_t port) {
    return loop_.run_until(
        [&] {
          return fact_ && std::none_of(fact_->begin(), fact_->end(),
                                       [port](const auto& l) { return l.port == port; });
        },
        5s);
  }

  void start(Duration interval) {
    observer_ = std::make_unique<ListenerObserver>(
        loop_, ListenerObserver::Options{.interval = interval},
        [this](const ListenersKey&, Observed<std::vector<Listener>> fact) {
          fact_ = std::move(fact);
          ++puts_;
        });
    observer_->follow({ListenersKey{}});
  }

  event::Loop loop_;
  Observed<std::vector<Listener>> fact_;
  std::size_t puts_ = 0;
  std::unique_ptr<ListenerObserver> observer_;
};

TEST_F(ListenerObserverTest, SeesTcpOfBothFamiliesAndUdp) {
  const auto ipv4 = listen_on(SOCK_STREAM, "127.0.0.1");
  const auto ipv6 = listen_on(SOCK_STREAM, "::1");
  const auto udp = listen_on(SOCK_DGRAM, "0.0.0.0");
  start(1h);
  EXPECT_TRUE(see([&](const Listener& l) {
    return l.protocol == Protocol::tcp && l.address == "127.0.0.1" && l.port == ipv4.port &&
           l.uid == ::getuid();
  }));
  EXPECT_TRUE(see([&](const Listener& l) { return l.address == "::1" && l.port == ipv6.port; }));
  EXPECT_TRUE(see([&](const Listener& l) {
    return l.protocol == Protocol::udp && l.address == "0.0.0.0" && l.port == udp.port;
  }));
}

using Sockets = std::set<std::pair<std::string, unsigned>>;

// Returns the listeners in /proc/net/tcp (proc(5)).
Sockets ipv4_listeners() {
  Sockets out;
  std::ifstream table("/proc/self/net/tcp");
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::istringstream words(line);
    std::string slot, local, remote, state;
    words >> slot >> local >> remote >> state;
    if (state == "0A") {
      const in_addr address{static_cast<in_addr_t>(std::stoul(local.substr(0, 8), nullptr, 16))};
      out.emplace(::inet_ntoa(address), std::stoul(local.substr(9), nullptr, 16));
    }
  }
  return out;
}

// Other processes of the host open and close listeners meanwhile.
TEST_F(ListenerObserverTest, AgreesWithProcNetTcpOnEveryIpv4Listener) {
  const auto one = listen_on(SOCK_STREAM, "127.0.0.1");
  const auto another = listen_on(SOCK_STREAM, "0.0.0.0");
  start(50ms);
  ASSERT_TRUE(see([&](const Listener& l) { return l.port == another.port; }));
  const auto agrees = [this] {
    Sockets seen;
    for (const Listener& each : *fact_) {
      if (each.protocol == Protocol::tcp && each.address.find(':') == std::string::npos) {
        seen.emplace(each.address, each.port);
      }
    }
    return seen.size() >= 2 && seen == ipv4_listeners();
  };
  EXPECT_TRUE(loop_.run_until(agrees, 10s));
}

TEST_F(ListenerObserverTest, SeesAUnixSocketByTheInodeOfItsPath) {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.path() / "s.sock";
  const auto socket = listen_on_path(SOCK_STREAM, path);

  struct stat status {};

  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  start(1h);
  EXPECT_TRUE(see([&](const Listener& l) {
    return l.address == path && l.inode == (status.st_ino & 0xffffffffU) && l.uid == ::getuid();
  }));
}

TEST_F(ListenerObserverTest, NamesTheCgroupOfASocket) {
  if (!std::filesystem::exists("/sys/fs/cgroup")) {
    GTEST_SKIP() << "there is no /sys, as in a builder of packages";
  }
  const auto socket = listen_on(SOCK_STREAM, "127.0.0.1");
  start(1h);
  ASSERT_TRUE(see([&](const Listener& l) { return l.port == socket.port; }));
  const auto mine = std::find_if(fact_->begin(), fact_->end(),
                                 [&](const auto& l) { return l.port == socket.port; });
  std::ifstream proc("/proc/self/cgroup");
  std::stringstream text;
  text << proc.rdbuf();
  EXPECT_NE(mine->cgroup_id, 0U);
  EXPECT_NE(text.str().find("0::" + mine->cgroup + "\n"), std::string::npos)
      << mine->cgroup << " in " << text.str();
}

TEST_F(ListenerObserverTest, LooksSeveralTimesSoonAfterAUnitTurned) {
  start(1h);
  ASSERT_TRUE(loop_.run_until([this] { return puts_ == 1; }, 5s));
  observer_->look_soon();
  observer_->look_soon();
  ASSERT_TRUE(loop_.run_until([this] { return puts_ == 2; }, 5s));
  const auto late = listen_on(SOCK_STREAM, "127.0.0.1");  // bound after the unit became active
  const TimePoint bound = loop_.now();
  EXPECT_TRUE(see([&](const Listener& l) { return l.port == late.port; }));
  EXPECT_LT(loop_.now() - bound, 2s);
  (void)loop_.run_until([this] { return puts_ > 6; }, 1200ms);
  EXPECT_LE(puts_, 6U) << "five looks after the turn, however often it was told";
  const auto puts = puts_;
  EXPECT_FALSE(loop_.run_until([&] { return puts_ > puts; }, 300ms)) << "the series ends";
}

TEST_F(ListenerObserverTest, LooksOnItsIntervalWithoutBeingTold) {
  start(50ms);
  auto socket = std::optional(listen_on(SOCK_STREAM, "127.0.0.1"));
  const auto port = socket->port;
  EXPECT_TRUE(see([&](const Listener& l) { return l.port == port; }));
  socket.reset();
  EXPECT_TRUE(see_none(port));
}

TEST_F(ListenerObserverTest, StopsWhenNobodyAsks) {
  start(20ms);
  ASSERT_TRUE(loop_.run_until([this] { return puts_ > 0; }, 5s));
  observer_->follow({});
  const auto puts = puts_;
  EXPECT_FALSE(loop_.run_until([&] { return puts_ > puts; }, 100ms));
  observer_->follow({ListenersKey{}});
  EXPECT_TRUE(loop_.run_until([&] { return puts_ > puts; }, 5s));
}

TEST_F(ListenerObserverTest, ReadsMoreThanOneDatagramHolds) {
  std::vector<testing::BoundSocket> many;
  for (int i = 0; i < 400; ++i) {
    many.push_back(listen_on(SOCK_STREAM, "127.0.0.1"));
  }
  start(1h);
  ASSERT_TRUE(see([&](const Listener& l) { return l.port == many.back().port; }));
  std::set<std::uint16_t> ports;
  for (const Listener& each : *fact_) {
    ports.insert(each.port);
  }
  for (const auto& socket : many) {
    EXPECT_TRUE(ports.contains(socket.port));
  }
}
}  // namespace
}  // namespace checklist::observe
