// SPDX-License-Identifier: MIT
// Waits at the door of a bus without blocking. sdbus-c++'s constructor blocks until the bus answers
// (40 s were seen with a hanging one); so raw sd-bus goes first, in the loop, and its connection is
// thrown away once it is through.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "bus/message.hpp"
#include "event/loop.hpp"

namespace checklist::bus {
class Door {
 public:
  // Calls one of them once, in a turn of its own: the door may be destroyed there. Destroying it
  // earlier gives up.
  Door(event::Loop& loop, Scope scope, std::function<void()> open,
       std::function<void(const std::string& why)> shut);
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;
  ~Door();

 private:
  struct Guest;
  std::unique_ptr<Guest> guest_;
};
}  // namespace checklist::bus
