// SPDX-License-Identifier: MIT
// sd_notify(3) and sd_listen_fds(3) with a socket in place of the service manager.
#include "event/notify.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "event/loop.hpp"
#include "support/open_files.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::event {
namespace {
using ::testing::IsEmpty;
using ::testing::StartsWith;
using namespace std::chrono_literals;

class Notify : public ::testing::Test {
 protected:
  Notify() {
    const std::string path = directory_.path() / "notify";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(&address.sun_path[0], sizeof address.sun_path - 1);
    manager_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(manager_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }

  ~Notify() override {
    ::unsetenv("NOTIFY_SOCKET");
    ::close(manager_);
  }

  // What the manager was told next; empty when nothing.
  std::string received() const {
    std::array<char, 1024> buffer{};
    const auto size = ::recv(manager_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : "";
  }

  const testing::TemporaryDirectory directory_;
  int manager_ = -1;
};

TEST_F(Notify, SendsTheState) {
  notify_ready();
  EXPECT_EQ(received(), "READY=1");
  notify_status("12 pass");
  EXPECT_EQ(received(), "STATUS=12 pass");
  notify_stopping();
  EXPECT_EQ(received(), "STOPPING=1");
}

TEST_F(Notify, AStatusCannotContainAnotherAssignment) {
  notify_status("a\nSTOPPING=1");
  EXPECT_EQ(received(), "STATUS=a STOPPING=1");
}

TEST_F(Notify, AReloadEndsAlsoAfterAnException) {
  try {
    const Reloading reloading;
    EXPECT_THAT(received(), StartsWith("RELOADING=1\nMONOTONIC_USEC="));
    EXPECT_EQ(received(), "");
    throw std::runtime_error("a configuration error");
  } catch (const std::runtime_error&) {
    EXPECT_EQ(received(), "READY=1");
  }
}

TEST_F(Notify, PingsAreSentWithoutAFreeDescriptor) {
  ::setenv("WATCHDOG_USEC", "20000", 1);
  Loop loop;
  const Watchdog watchdog(loop);
  EXPECT_EQ(received(), "WATCHDOG=1") << "at once";
  const testing::OpenFiles none(testing::lowest_free_descriptor());
  EXPECT_TRUE(loop.run_until([this] { return received() == "WATCHDOG=1"; }, 10s));
  ::unsetenv("WATCHDOG_USEC");
}

TEST_F(Notify, AFullQueueDoesNotBlock) {
  for (int i = 0; i < 100'000; ++i) {
    notify_status("12 pass");
  }
  EXPECT_EQ(received(), "STATUS=12 pass");
}

TEST_F(Notify, WithoutWatchdogSecNothingIsSent) {
  Loop loop;
  const Watchdog watchdog(loop);
  EXPECT_EQ(received(), "");
}

TEST(PassedSockets, AreNoneWithoutAServiceManager) {
  EXPECT_THAT(passed_sockets(), IsEmpty());
}

// In a child, because passed descriptors begin at 3, where the test's own may be.
TEST(PassedSockets, HaveTheNamesOfTheSocketUnit) {
  Loop loop;
  std::optional<ChildExit> ended;
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(0, 3);
    ::dup2(0, 4);
    ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
    ::setenv("LISTEN_FDS", "2", 1);
    ::setenv("LISTEN_FDNAMES", "web:local", 1);
    const auto sockets = passed_sockets();
    const bool right = sockets.size() == 2 && sockets[0].fd == 3 && sockets[0].name == "web" &&
                       sockets[1].fd == 4 && sockets[1].name == "local";
    const bool forgotten = std::getenv("LISTEN_FDS") == nullptr && passed_sockets().empty();
    ::_exit(right && forgotten ? 0 : 1);
  }
  const Source child = loop.child(pid, [&ended](ChildExit exit) { ended = exit; });
  ASSERT_TRUE(loop.run_until([&] { return ended.has_value(); }, 5s));
  EXPECT_FALSE(ended->by_signal);
  EXPECT_EQ(ended->status, 0);
}
}  // namespace
}  // namespace checklist::event
