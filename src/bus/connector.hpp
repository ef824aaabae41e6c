// SPDX-License-Identifier: MIT
// Connects to a bus without blocking the loop. sdbus-c++'s constructor blocks until the bus answers
// (up to 40 s if it hangs); therefore a raw sd-bus connection is made first, in the loop, and
// closed once it is established.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "bus/message.hpp"
#include "event/loop.hpp"

namespace checklist::bus {
class BusConnector {
 public:
  // Calls one of the callbacks once, from the loop; the callback may destroy this object.
  // Destroying it earlier cancels the attempt. There is no timeout.
  BusConnector(event::Loop& loop, Scope scope, std::function<void()> connected,
               std::function<void(const std::string& why)> failed);
  BusConnector(const BusConnector&) = delete;
  BusConnector& operator=(const BusConnector&) = delete;
  ~BusConnector();

 private:
  struct Attempt;
  std::unique_ptr<Attempt> attempt_;
};
}  // namespace checklist::bus
