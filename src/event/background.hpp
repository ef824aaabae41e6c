// SPDX-License-Identifier: MIT
// Watches a descriptor whose work can wait: it is done after that of all other sources, but at the
// latest 20 ms after it was ready.
#pragma once
#include "event/loop.hpp"

namespace checklist::event {
class Background {
 public:
  // Both call `ready` also when the descriptor is no longer ready; it must not block.
  Background(Loop& loop, Fd fd, std::uint32_t events, Loop::OnReady ready);
  // Borrows the descriptor, as Loop::borrowed_io() does.
  Background(Loop& loop, int borrowed, std::uint32_t events, Loop::OnReady ready);
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  Background(Background&&) = delete;
  Background& operator=(Background&&) = delete;
  ~Background() = default;

  void wait_for(std::uint32_t events);
  // Has `ready` called once more, whether or not the descriptor is ready.
  void arm();

  [[nodiscard]] int fd() const { return fd_; }

 private:
  Background(Loop& loop, std::uint32_t events, Loop::OnReady ready, int fd);

  void watch(Source source);
  void catch_up();
  void serve(std::uint32_t events);

  Loop& loop_;
  int fd_;
  std::uint32_t events_;
  Loop::OnReady ready_;
  TimePoint looked_;
  bool was_ready_ = false;  // when it was last looked at
  bool is_armed_ = false;
  Source io_;
  Source armed_;
  Source catch_up_;
};
}  // namespace checklist::event
