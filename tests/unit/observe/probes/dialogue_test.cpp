// SPDX-License-Identifier: MIT
#include "observe/probes/dialogue.hpp"

#include <array>
#include <optional>

#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "event/fd.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;

// A dialogue over one end of a socket pair; the test is the peer at the other.
class DialogueTest : public ::testing::Test {
 protected:
  DialogueTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()), 0);
    ours_ = event::Fd(ends[0]);
    peer_ = event::Fd(ends[1]);
  }

  void start(const std::string& send, const std::string& expect) {
    dialogue_.emplace(loop_, ours_.get(), send, expect,
                      [this](ProbeOutcome outcome) { outcome_ = outcome; });
  }

  void answer(const std::string& text) const {
    EXPECT_EQ(::write(peer_.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  // Whether the dialogue has read everything that was sent to it.
  [[nodiscard]] bool is_read() const {
    int left = 0;
    return ::ioctl(ours_.get(), FIONREAD, &left) == 0 && left == 0;
  }

  std::optional<ProbeOutcome> outcome() {
    loop_.run_until([this] { return outcome_.has_value(); }, 5s);
    return outcome_;
  }

  event::Loop loop_;
  event::Fd ours_;
  event::Fd peer_;
  std::optional<ProbeOutcome> outcome_;
  std::optional<Dialogue> dialogue_;
};

TEST_F(DialogueTest, PassesWhenTheExpectedTextIsPartOfTheResponse) {
  start("PING\n", "PONG");
  answer("+PO");
  answer("NG\r\n");
  EXPECT_EQ(outcome(), ProbeOutcome::passed);
  std::array<char, 16> received{};
  EXPECT_EQ(::read(peer_.get(), received.data(), received.size()), 5);
}

TEST_F(DialogueTest, PassesOnceEverythingIsSentIfNothingIsExpected) {
  start("QUIT\n", "");
  EXPECT_EQ(outcome(), ProbeOutcome::passed);
}

TEST_F(DialogueTest, FailsOnAnotherResponseOnlyWhenTheConnectionIsClosed) {
  start("", "PONG");
  answer("-ERR");
  ASSERT_TRUE(loop_.run_until([this] { return is_read(); }, 5s));
  EXPECT_FALSE(outcome_);
  peer_ = event::Fd();
  EXPECT_EQ(outcome(), ProbeOutcome::answer);
}

TEST_F(DialogueTest, IsClosedWithoutAnyResponse) {
  start("", "PONG");
  peer_ = event::Fd();
  EXPECT_EQ(outcome(), ProbeOutcome::closed);
}

TEST_F(DialogueTest, IsClosedWhenThePeerIsGoneBeforeItSends) {
  peer_ = event::Fd();
  start("PING\n", "PONG");
  EXPECT_EQ(outcome(), ProbeOutcome::closed);
}

TEST_F(DialogueTest, StopsReadingAtTheLimitOfAResponse) {
  start("", "PONG");
  const std::string piece(4096, 'x');
  for (std::size_t sent = 0; sent < Response::limit; sent += piece.size()) {
    answer(piece);
  }
  EXPECT_EQ(outcome(), ProbeOutcome::answer);
}
}  // namespace
}  // namespace checklist::observe
