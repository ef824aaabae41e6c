// SPDX-License-Identifier: MIT
// Connects to a service manager over its bus and reconnects after the bus or PID 1 was replaced.
//
// Any local user can send a signal that matches PID 1's well-known name, because match rules do not
// authenticate. Therefore this matches the unique name of the well-known name's owner, and accepts
// a change of owner only from the bus driver, org.freedesktop.DBus.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bus/bus.hpp"
#include "bus/connector.hpp"
#include "event/loop.hpp"
#include "observe/systemd/manager_link.hpp"

namespace checklist::observe {
struct Backoff {
  Duration first = std::chrono::milliseconds(100);
  Duration longest = std::chrono::seconds(2);
};

class SystemdLink : public ManagerLink {
 public:
  SystemdLink(event::Loop& loop, bus::Scope scope, Backoff backoff, Events events);
  SystemdLink(const SystemdLink&) = delete;
  SystemdLink& operator=(const SystemdLink&) = delete;
  ~SystemdLink() override;

  void call(const std::string& path, const std::string& interface, const std::string& member,
            Values arguments, std::function<void(const bus::Reply&)> done) override;

  [[nodiscard]] bool up() const override { return up_; }

 private:
  void connect();
  void on_connected();
  void disconnect(const std::string& why);
  void request_owner();
  void verify_owner(const std::string& owner);
  void subscribe_signals();
  void subscribe();
  void end_session(const std::string& why);

  event::Loop& loop_;
  bus::Scope scope_;
  Backoff backoff_;
  Events events_;
  std::unique_ptr<bus::BusConnector> connector_;
  std::unique_ptr<bus::Bus> bus_;
  bus::Bus::Subscription owner_match_;
  std::vector<bus::Bus::Subscription> matches_;
  std::string owner_;          // the manager's unique name; empty if the name has no owner
  std::uint64_t session_ = 0;  // replies of a previous session are dropped
  bool up_ = false;
  Duration retry_delay_;
  std::string broken_why_;
  event::Source broken_;  // a handler of the connection must not destroy it
  event::Source retry_;
};
}  // namespace checklist::observe
