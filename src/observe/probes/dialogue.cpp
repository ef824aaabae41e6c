// SPDX-License-Identifier: MIT
#include "observe/probes/dialogue.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>

namespace checklist::observe {
namespace {
bool must_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}
}  // namespace

Dialogue::Dialogue(event::Loop& loop, int fd, std::string send, std::string expect, Done done)
    : fd_(fd),
      send_(std::move(send)),
      expect_(std::move(expect)),
      done_(std::move(done)),
      ready_(loop.borrowed_io(fd, EPOLLOUT, [this](std::uint32_t) { advance(); })) {}

// Writes or reads one piece per loop iteration.
void Dialogue::advance() {
  if (!write()) {
    return;
  }
  if (expect_.empty()) {
    end(ProbeOutcome::passed);
    return;
  }
  ready_.wait_for(EPOLLIN);
  read();
}

// Returns whether everything is sent.
bool Dialogue::write() {
  if (send_.empty()) {
    return true;
  }
  const auto sent = ::send(fd_, send_.data(), send_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0) {
    if (!must_wait()) {
      end(errno == ENOTCONN ? ProbeOutcome::refused : ProbeOutcome::closed);
    }
    return false;
  }
  send_.erase(0, static_cast<std::size_t>(sent));
  return send_.empty();
}

void Dialogue::read() {
  std::array<char, 4096> piece{};
  const auto got = ::recv(fd_, piece.data(), piece.size(), MSG_DONTWAIT);
  if (got < 0) {
    if (!must_wait()) {
      end(ProbeOutcome::closed);
    }
    return;
  }
  const bool has_room = response_.append({piece.data(), static_cast<std::size_t>(got)});
  if (response_.text().find(expect_) != std::string::npos) {
    end(ProbeOutcome::passed);
  } else if (got == 0) {
    end(response_.text().empty() ? ProbeOutcome::closed : ProbeOutcome::answer);
  } else if (!has_room) {
    end(ProbeOutcome::answer);
  }
}

void Dialogue::end(ProbeOutcome outcome) {
  ready_.disarm();
  const Done done = std::exchange(done_, nullptr);
  done(outcome);
}
}  // namespace checklist::observe
