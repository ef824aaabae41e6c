// SPDX-License-Identifier: MIT
// Keeps an exception of a handler and rethrows it from the loop, because exceptions must not pass
// through sd-bus, which is C, and sdbus-c++ 2.x discards them.
#pragma once
#include <exception>
#include <functional>
#include <utility>

#include "event/loop.hpp"

namespace checklist::bus {
class Rethrow {
 public:
  explicit Rethrow(event::Loop& loop)
      : rethrow_(loop.deferred(event::Priority::io, [this] {
          std::rethrow_exception(std::exchange(thrown_, nullptr));
        })) {}

  void guard(const std::function<void()>& handler) {
    try {
      handler();
    } catch (...) {
      thrown_ = thrown_ ? thrown_ : std::current_exception();
      rethrow_.arm();
    }
  }

 private:
  std::exception_ptr thrown_;
  event::Source rethrow_;
};
}  // namespace checklist::bus
