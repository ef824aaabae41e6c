// SPDX-License-Identifier: MIT
// A connection of sdbus-c++ on the loop, as sd_bus_attach_event(3) would do it: descriptor and
// time-out are asked for before every poll, and one turn handles one message, so that nothing else
// starves.
#pragma once
#include <functional>

#include "event/loop.hpp"

namespace sdbus {
class IConnection;
}

namespace checklist::bus {
class Attachment {
 public:
  // Borrows the connection. `lost` is called once, from the loop, when the peer hung up.
  Attachment(event::Loop& loop, sdbus::IConnection& connection, std::function<void()> lost);

 private:
  void prepare();
  void process();
  void give_up();

  sdbus::IConnection& connection_;
  std::function<void()> lost_;
  bool broken_ = false;
  event::Source io_;
  event::Source time_;
  event::Source over_;
  event::Source prepare_;
};
}  // namespace checklist::bus
