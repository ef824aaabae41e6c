// SPDX-License-Identifier: MIT
// Observes the addresses of our network namespace with rtnetlink(7): those of interfaces that are
// up, and the prefixes of the routing table "local". Changes of addresses and interfaces cause
// events; a route that was added by hand is seen at the resync.
#pragma once
#include <vector>

#include "event/loop.hpp"
#include "observe/single_observer.hpp"

namespace checklist::observe {
class HostAddressObserver : public SingleObserver<HostAddressesKey> {
 public:
  HostAddressObserver(event::Loop& loop, Put<HostAddressesKey> put);

 private:
  Observed<HostAddresses> look() override;
  void watch() override;
  void unwatch() override;
  void on_event();

  event::Loop& loop_;
  event::Source events_;  // owns the socket
  event::Source soon_;
};
}  // namespace checklist::observe
