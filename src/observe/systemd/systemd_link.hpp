// SPDX-License-Identifier: MIT
// The way to a service manager: the door of its bus, a connection, the manager's unique name there,
// its signals; and all that anew after the bus, or PID 1, was replaced.
//
// Any local user can send a signal that looks like PID 1's and passes a match on its well-known
// name. So only its owner's unique name is listened to, and a new owner is believed from the bus
// alone.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bus/bus.hpp"
#include "bus/door.hpp"
#include "event/loop.hpp"

namespace checklist::observe {
struct Backoff {
  Duration first = std::chrono::milliseconds(100);
  Duration longest = std::chrono::seconds(2);
};

class SystemdLink {
 public:
  struct Events {
    std::function<void()> up;  // subscribed to a manager: ask for everything
    // No answer to what was asked comes any more. Also told when there is no way at all, any number
    // of times.
    std::function<void(const std::string& why)> down;
    std::function<void(const bus::Signal&)> signal;
  };

  SystemdLink(event::Loop& loop, bus::Scope scope, Backoff backoff, Events events);
  SystemdLink(const SystemdLink&) = delete;
  SystemdLink& operator=(const SystemdLink&) = delete;
  ~SystemdLink();

  // Only while up. `done` hears what the manager answers, however late, unless down() comes first.
  void call(const std::string& path, const std::string& interface, const std::string& member,
            Values arguments, std::function<void(const bus::Reply&)> done);

  [[nodiscard]] bool up() const { return up_; }

 private:
  void knock();
  void enter();
  void leave(const std::string& why);
  void ask_owner();
  void greet(const std::string& owner);
  void listen();
  void subscribe();
  void end_session(const std::string& why);

  event::Loop& loop_;
  bus::Scope scope_;
  Backoff backoff_;
  Events events_;
  std::unique_ptr<bus::Door> door_;
  std::unique_ptr<bus::Bus> bus_;
  bus::Bus::Subscription owner_match_;
  std::vector<bus::Bus::Subscription> matches_;
  std::string owner_;          // the manager's unique name; empty: nobody
  std::uint64_t session_ = 0;  // answers that belong to a former one are dropped
  bool up_ = false;
  Duration wait_;
  std::string broken_why_;
  event::Source broken_;  // what is noticed within a handler of the connection is acted on later
  event::Source retry_;
};
}  // namespace checklist::observe
