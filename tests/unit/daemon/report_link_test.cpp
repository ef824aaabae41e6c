// SPDX-License-Identifier: MIT
#include "daemon/report_link.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "render/report_json.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace checklist::daemon {
namespace {
using namespace std::chrono_literals;

// A report of root's, which every /etc/passwd knows.
class ReportReceiverTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) {
      GTEST_SKIP() << "the peer must be a user of /etc/passwd";
    }
  }

  // Publishes and waits until the receiver has closed the connection.
  void publish(const std::string& text) {
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    const testing::BoundSocket peer(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(::connect(peer.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(::send(peer.fd, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
    ASSERT_EQ(::shutdown(peer.fd, SHUT_WR), 0);
    char nothing = 0;
    EXPECT_TRUE(loop_.run_until(
        [&] { return ::recv(peer.fd, &nothing, 1, MSG_DONTWAIT) >= 0 || errno != EAGAIN; }, 5s));
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "publish.sock";
  event::Loop loop_;
  int taken_ = 0;
  ReportReceiver receiver_{
      loop_, event::Fd(::dup(testing::listen_on_path(SOCK_STREAM, path_).fd)),
      [this](const std::string& /*user*/,
             const std::vector<std::shared_ptr<const ServiceReport>>& /*services*/) { ++taken_; }};
  std::string report_ = render::report_json(Report{});
};

TEST_F(ReportReceiverTest, TakesAReportThatIsNotTooLong) {
  receiver_.limit(report_.size());
  publish(report_);
  EXPECT_EQ(taken_, 1);
}

TEST_F(ReportReceiverTest, DropsALongerOne) {
  receiver_.limit(report_.size() - 1);
  publish(report_);
  EXPECT_EQ(taken_, 0);
  receiver_.limit(report_.size());
  publish(report_);
  EXPECT_EQ(taken_, 1);
}
}  // namespace
}  // namespace checklist::daemon
