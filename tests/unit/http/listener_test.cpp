// SPDX-License-Identifier: MIT
// Sockets of our own making and sockets that are passed.
#include "http/listener.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "http/fixture.hpp"

namespace checklist::http {
namespace {
using ::testing::HasSubstr;

std::error_code refusal(const std::function<void()>& action, std::string* text = nullptr) {
  try {
    action();
  } catch (const std::system_error& error) {
    if (text != nullptr) {
      *text = error.what();
    }
    return error.code();
  }
  return {};
}

TEST_F(ServerTest, SaysThatAPortIsTaken) {
  start();
  std::string text;
  EXPECT_EQ(refusal([this] { (void)server_->listen(address_); }, &text), std::errc::address_in_use);
  EXPECT_THAT(text, HasSubstr("listen on '" + to_text(address_) + "'"));
}

TEST_F(ServerTest, ListensOnIpv6) {
  start();
  try {
    address_ = server_->listen(TcpAddress{.host = "::1", .port = 0});
  } catch (const std::system_error&) {
    GTEST_SKIP() << "no IPv6 here";
  }
  EXPECT_EQ(get("/").status, 200);
  EXPECT_TRUE(requests_.back().peer.by_loopback);
}

TEST_F(ServerTest, MakesTheSocketFileWithItsModeAndRemovesIt) {
  start();
  const fs::path path = directory_ / "http.sock";
  (void)server_->listen(UnixAddress{.path = path, .mode = 0620});
  EXPECT_EQ(fs::status(path).permissions(), static_cast<fs::perms>(0620));
  server_.reset();
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(ServerTest, ReplacesASocketFileThatNobodyListensTo) {
  const UnixAddress address{.path = directory_ / "http.sock"};
  const auto kernel = to_kernel(address);
  {
    const event::Fd crashed(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(::bind(crashed.get(), kernel.raw(), kernel.length), 0);
  }
  ASSERT_TRUE(fs::exists(address.path));
  start();
  address_ = server_->listen(address);
  EXPECT_EQ(get("/").status, 200);
}

TEST_F(ServerTest, LeavesASocketFileInUseAlone) {
  start();
  const UnixAddress address{.path = directory_ / "http.sock"};
  (void)server_->listen(address);
  EXPECT_EQ(refusal([&] { (void)server_->listen(address); }), std::errc::address_in_use);
  EXPECT_TRUE(fs::exists(address.path));
}

TEST_F(ServerTest, LeavesAFileThatIsNoSocketAlone) {
  start();
  const fs::path path = directory_ / "precious";
  ASSERT_EQ(::mkdir(path.c_str(), 0700), 0);
  EXPECT_EQ(refusal([&] { (void)server_->listen(UnixAddress{.path = path}); }),
            std::errc::address_in_use);
  EXPECT_TRUE(fs::exists(path));
}

TEST_F(ServerTest, DoesNotRemoveTheSocketFileOfItsSuccessor) {
  start();
  const UnixAddress address{.path = directory_ / "http.sock"};
  (void)server_->listen(address);
  fs::rename(address.path, directory_ / "aside");
  Server successor(loop_, {}, [](const Request&, const Reply&) {});
  (void)successor.listen(address);
  server_.reset();
  EXPECT_TRUE(fs::exists(address.path));
}

TEST_F(ServerTest, AdoptsListeningSocketsAndMakesThemNonBlocking) {
  start();
  for (const Endpoint& wanted : {Endpoint(TcpAddress{.host = "127.0.0.1"}),
                                 Endpoint(UnixAddress{.path = directory_ / "s"})}) {
    const auto kernel = to_kernel(wanted);
    const int fd = ::socket(kernel.storage.ss_family, SOCK_STREAM, 0);
    ASSERT_EQ(::bind(fd, kernel.raw(), kernel.length), 0);
    ASSERT_EQ(::listen(fd, 8), 0);
    address_ = server_->adopt(fd);
    EXPECT_NE(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
    EXPECT_EQ(get("/").status, 200) << to_text(address_);
  }
}

TEST_F(ServerTest, AdoptsNothingElse) {
  start();
  const auto refused = [this](int fd) {
    return refusal([this, fd] { (void)server_->adopt(fd); }).value();
  };
  EXPECT_EQ(refused(::socket(AF_INET, SOCK_STREAM, 0)), ESOCKTNOSUPPORT) << "not listening";
  EXPECT_EQ(refused(::socket(AF_UNIX, SOCK_DGRAM, 0)), ESOCKTNOSUPPORT);
  EXPECT_EQ(refused(::open("/dev/null", O_RDONLY)), ENOTSOCK);
}

TEST_F(ServerTest, LeavesNoSocketFileAfterAPathThatDoesNotFit) {
  start();
  EXPECT_EQ(
      refusal([this] { (void)server_->listen(UnixAddress{.path = "/" + std::string(200, 'x')}); }),
      std::errc::filename_too_long);
}
}  // namespace
}  // namespace checklist::http
