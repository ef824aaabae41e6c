// SPDX-License-Identifier: MIT
// A connection to a message bus, on the loop. Messages are plain values; no types or exceptions of
// sdbus-c++ are visible. The bus must be reachable (see connector.hpp). After that only on()
// blocks, until the bus daemon has added the match (50 µs, at most 5 s).
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
  // Releasing it ends delivery. A handler may release its own subscription.
  using Subscription = std::shared_ptr<void>;

  // Throws std::system_error if the bus is not reachable. `lost` is called once when the connection
  // breaks, after all calls have been answered with an error; the object must be destroyed then. No
  // handler except `lost` may destroy it.
  Bus(event::Loop& loop, Scope scope, std::function<void()> lost);
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  ~Bus();

  // Subscribes to the signals of `sender`, a unique name or "org.freedesktop.DBus". Signals of
  // other senders are dropped unread, as are signals that cannot be decoded. `rule` is the rest of
  // the match rule. Throws std::system_error if the bus refuses it.
  [[nodiscard]] Subscription on(const std::string& sender, const std::string& rule,
                                std::function<void(const Signal&)> handler);
  // Calls a method. There is no timeout, because PID 1 may not respond for many seconds. At most
  // 100 calls are in flight; the others are queued in order. `done` is called exactly once, with an
  // error if the connection breaks, and never after this object is destroyed.
  void call(Call call, std::function<void(const Reply&)> done);

 private:
  struct Connection;
  std::shared_ptr<Connection> connection_;
};
}  // namespace checklist::bus
