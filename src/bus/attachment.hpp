// SPDX-License-Identifier: MIT
// Attaches an sdbus-c++ connection to the loop, like sd_bus_attach_event(3): the poll events and
// the timeout are queried before every poll. Each iteration processes one message, so that other
// sources are not starved.
#pragma once
#include <functional>

#include "event/loop.hpp"

namespace sdbus {
class IConnection;
}

namespace checklist::bus {
class Attachment {
 public:
  // Borrows the connection. `lost` is called once, from the loop, when the connection breaks.
  Attachment(event::Loop& loop, sdbus::IConnection& connection, std::function<void()> lost);

 private:
  void prepare();
  void process();
  void on_broken();

  sdbus::IConnection& connection_;
  std::function<void()> lost_;
  bool broken_ = false;
  event::Source io_;
  event::Source time_;
  event::Source broken_source_;
  event::Source prepare_;
};
}  // namespace checklist::bus
