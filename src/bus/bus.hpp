// SPDX-License-Identifier: MIT
// One connection to a message bus, on the loop. Nothing of sdbus-c++ is visible here, neither types
// nor exceptions: messages go in and come out as plain values. Reaching the bus does not block (see
// door.hpp); afterwards only a new match waits for the bus daemon's answer (50 µs, at most 5 s).
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "bus/message.hpp"
#include "bus/object_path.hpp"
#include "event/loop.hpp"

namespace checklist::bus {
class Bus {
 public:
  // Nothing is delivered any more once this is released; that may be within its own handler.
  using Subscription = std::shared_ptr<void>;

  // The bus must be reachable; throws std::system_error when it is not. `lost` is called once when
  // the connection breaks, after all calls were answered; only destroying is left to do then. Must
  // not be destroyed from within a handler of its own, `lost` excepted.
  Bus(event::Loop& loop, Scope scope, std::function<void()> lost);
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  ~Bus();

  // The signals of exactly that sender, a unique name or "org.freedesktop.DBus"; anybody else's are
  // dropped unread, and so is what cannot be decoded. `rule` is the rest of the match rule. Throws
  // std::system_error when the bus refuses it.
  [[nodiscard]] Subscription on(const std::string& sender, const std::string& rule,
                                std::function<void(const Signal&)> handler);
  // Waits for the answer as long as it takes; PID 1 may be silent for many seconds. At most 100 are
  // in flight, the rest waits in order. Answered exactly once, with an error when the connection
  // breaks; not at all once this object is gone.
  void call(Call call, std::function<void(const Reply&)> done);

 private:
  struct Connection;
  std::shared_ptr<Connection> connection_;
};
}  // namespace checklist::bus
