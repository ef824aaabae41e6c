// SPDX-License-Identifier: MIT
// Signals as a descriptor, for a command that must restore the terminal before it ends.
#pragma once
#include <initializer_list>

namespace checklist::ctl {
class Signals {
 public:
  // Blocks the signals until destroyed.
  explicit Signals(std::initializer_list<int> signals);
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  [[nodiscard]] int fd() const { return fd_; }

  // Returns the next pending signal; 0 if there is none.
  [[nodiscard]] int next() const;

 private:
  int fd_;
};
}  // namespace checklist::ctl
