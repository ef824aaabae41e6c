// SPDX-License-Identifier: MIT
#include "daemon/report_link.hpp"

#include <array>

#include <fcntl.h>
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
  std::set<std::string> failed_units_;
  ReportReceiver receiver_{
      loop_, event::Fd(::dup(testing::listen_on_path(SOCK_STREAM, path_).fd)),
      [this](const std::string& /*user*/, const ReportReceiver::Published& report) {
        ++taken_;
        failed_units_ = report.failed_units;
      }};
  std::string report_ = render::report_json(Report{});
};

TEST_F(ReportReceiverTest, TakesAReportThatIsNotTooLong) {
  receiver_.limit(report_.size());
  publish(report_);
  EXPECT_EQ(taken_, 1);
}

TEST_F(ReportReceiverTest, TakesTheUnitsThatFailTheUsersCheckOfFailedUnits) {
  auto host = std::make_shared<HostReport>();
  const auto finding = [](const char* unit, Status status) {
    return Finding{.status = status, .subject = unit, .reason = "failed"};
  };
  host->checks = {
      {.check = "failed_units",
       .findings = {finding("a.service", Status::fail), finding("not a unit", Status::fail)},
       .track = {}},
      {.check = "coverage", .findings = {finding("b.service", Status::fail)}, .track = {}}};
  Report report;
  report.host = host;
  report_ = render::report_json(report);
  receiver_.limit(report_.size());
  publish(report_);
  EXPECT_EQ(failed_units_, std::set<std::string>{"a.service"});
}

TEST_F(ReportReceiverTest, DropsALongerOne) {
  receiver_.limit(report_.size() - 1);
  publish(report_);
  EXPECT_EQ(taken_, 0);
  receiver_.limit(report_.size());
  publish(report_);
  EXPECT_EQ(taken_, 1);
}

const std::string more_than_a_socket_holds(4U << 20U, 'x');

// Reads what a sender writes, one connection per report.
class ReportSenderTest : public ::testing::Test {
 protected:
  // Waits for a connection; returns its descriptor, or -1.
  testing::BoundSocket accepted() {
    int fd = -1;
    EXPECT_TRUE(loop_.run_until(
        [&] {
          fd = ::accept4(listener_.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
          return fd >= 0;
        },
        5s));
    return testing::BoundSocket(fd);
  }

  // Reads until the sender closes the connection.
  std::string text_from(const testing::BoundSocket& peer) {
    std::string out;
    std::array<char, 65536> piece{};
    EXPECT_TRUE(loop_.run_until(
        [&] {
          ssize_t count = 0;
          while ((count = ::recv(peer.fd, piece.data(), piece.size(), 0)) > 0) {
            out.append(piece.data(), static_cast<std::size_t>(count));
          }
          return count == 0;
        },
        5s));
    return out;
  }

  static Report report(std::uint64_t generation, const std::string& group = "") {
    Report out;
    auto service = std::make_shared<ServiceReport>();
    service->unit = "x.service";
    service->group = group;
    out.generation = generation;
    out.services = {std::move(service)};
    return out;
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "publish.sock";
  testing::BoundSocket listener_ = non_blocking(testing::listen_on_path(SOCK_STREAM, path_));
  event::Loop loop_;
  ReportSender sender_{loop_, path_};

 private:
  static testing::BoundSocket non_blocking(testing::BoundSocket socket) {
    ::fcntl(socket.fd, F_SETFL, O_NONBLOCK);
    return socket;
  }
};

TEST_F(ReportSenderTest, SendsTheReportAndClosesTheConnection) {
  sender_.send(report(7));
  EXPECT_EQ(text_from(accepted()), render::report_json(report(7)));
}

TEST_F(ReportSenderTest, LeavesOutLogText) {
  Report quoting = report(7);
  auto service = std::make_shared<ServiceReport>(*quoting.services.front());
  service->checks = {{.check = "journal_errors",
                      .findings = {{.details = "a secret", .quotes_log = true}},
                      .track = {}}};
  quoting.services = {std::move(service)};
  sender_.send(quoting);
  const std::string sent = text_from(accepted());
  EXPECT_NE(sent.find("journal_errors"), std::string::npos);
  EXPECT_EQ(sent.find("a secret"), std::string::npos);
}

TEST_F(ReportSenderTest, CompletesAReportAndThenSendsTheLatest) {
  const Report large = report(7, more_than_a_socket_holds);
  sender_.send(large);
  const testing::BoundSocket peer = accepted();
  sender_.send(report(8));
  sender_.send(report(9));
  EXPECT_TRUE(text_from(peer) == render::report_json(large));  // too long to print
  EXPECT_EQ(text_from(accepted()), render::report_json(report(9)));
}

TEST_F(ReportSenderTest, SendsTheNextReportAfterAReceiverThatHungUp) {
  sender_.send(report(7, more_than_a_socket_holds));
  { const testing::BoundSocket closed = accepted(); }
  sender_.send(report(8));
  EXPECT_EQ(text_from(accepted()), render::report_json(report(8)));
}
}  // namespace
}  // namespace checklist::daemon
