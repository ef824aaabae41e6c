// SPDX-License-Identifier: MIT
// An owned file descriptor.
#pragma once
#include <utility>

#include <unistd.h>

namespace checklist::event {
// Closes the descriptor when destroyed. Ignores errors of close(2): no writer relies on them.
// A descriptor that the loop watches belongs to its source instead (Loop::io()).
class Fd {
 public:
  Fd() = default;

  explicit Fd(int fd) : fd_(fd) {}

  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;

  ~Fd() {
    if (fd_ >= 0) {
      (void)::close(fd_);
    }
  }

  // Returns the descriptor, or -1; it stays owned.
  [[nodiscard]] int get() const { return fd_; }

  // Returns the descriptor and gives up its ownership.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};
}  // namespace checklist::event
