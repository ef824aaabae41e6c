// SPDX-License-Identifier: MIT
// A file descriptor that is owned.
#pragma once
#include <utility>

#include <unistd.h>

namespace checklist::http {
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
      (void)::close(fd_);  // nothing was written through it that could be lost
    }
  }

  [[nodiscard]] int number() const { return fd_; }

  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};
}  // namespace checklist::http
