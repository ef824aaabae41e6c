// SPDX-License-Identifier: MIT
// The interface between Systemd and the bus: method calls to a service manager and its signals.
// SystemdLink implements it; unit tests replay recorded messages through another implementation.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "bus/message.hpp"

namespace checklist::observe {
class ManagerLink {
 public:
  struct Events {
    std::function<void()> up;  // subscribed to a manager: all state must be read
    // The manager cannot be called, until up(). Called at each failure, not only at the first.
    std::function<void(const std::string& why)> down;
    // Called only while up(), and only for messages whose sender is the manager.
    std::function<void(const bus::Signal&)> signal;
  };

  // Creates a link that reports to these callbacks. None is called before this returns.
  using Factory = std::function<std::unique_ptr<ManagerLink>(Events)>;

  ManagerLink() = default;
  ManagerLink(const ManagerLink&) = delete;
  ManagerLink& operator=(const ManagerLink&) = delete;
  virtual ~ManagerLink() = default;

  // Must be called only while up(). `done` receives the manager's reply, however late, unless
  // down() is called first. Replies arrive in the order of the calls.
  virtual void call(const std::string& path, const std::string& interface,
                    const std::string& member, Values arguments,
                    std::function<void(const bus::Reply&)> done) = 0;
  [[nodiscard]] virtual bool up() const = 0;
};
}  // namespace checklist::observe
