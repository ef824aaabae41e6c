// SPDX-License-Identifier: MIT
// The ports that the kernel gives to clients: net.ipv4.ip_local_port_range (ip(7)), for IPv6, too.
// No event tells of a change, so it is read again on the resync.
#pragma once
#include <string>

#include "observe/observer.hpp"

namespace checklist::observe {
class LocalPortsObserver : public Observer<LocalPortsKey> {
 public:
  explicit LocalPortsObserver(Put<LocalPortsKey> put, std::string root = "/");

  void follow(const std::set<LocalPortsKey>& keys) override;
  void look_again() override;

 private:
  Put<LocalPortsKey> put_;
  std::string root_;
  bool followed_ = false;
};
}  // namespace checklist::observe
