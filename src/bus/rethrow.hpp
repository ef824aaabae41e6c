// SPDX-License-Identifier: MIT
// Carries what a handler throws around sd-bus, which is C, and sdbus-c++ 2.x, which swallows it:
// kept here and thrown again in a turn of the loop, whose guard takes it.
#pragma once
#include <exception>
#include <functional>
#include <utility>

#include "event/loop.hpp"

namespace checklist::bus {
class Rethrow {
 public:
  explicit Rethrow(event::Loop& loop)
      : again_(loop.deferred(event::Priority::io,
                             [this] { std::rethrow_exception(std::exchange(thrown_, nullptr)); })) {
  }

  void guard(const std::function<void()>& handler) {
    try {
      handler();
    } catch (...) {
      thrown_ = thrown_ ? thrown_ : std::current_exception();
      again_.arm();
    }
  }

 private:
  std::exception_ptr thrown_;
  event::Source again_;
};
}  // namespace checklist::bus
