// SPDX-License-Identifier: MIT
// The kernel's classes of devices. A file of /proc causes no event: it is read again when a node
// comes or goes in /dev, as it does with a driver, and on the resync.
#pragma once
#include <string>

#include "checklist/facts/devices.hpp"

#include "event/loop.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class DeviceClassObserver : public Observer<DeviceClassesKey> {
 public:
  DeviceClassObserver(event::Loop& loop, Put<DeviceClassesKey> put,
                      std::string file = "/proc/devices", std::string nodes = "/dev");

  void follow(const std::set<DeviceClassesKey>& keys) override;
  void look_again() override;

 private:
  void look();

  event::Loop& loop_;
  Put<DeviceClassesKey> put_;
  std::string file_;
  std::string nodes_;
  event::Source soon_;  // many nodes in a row are one change
  event::Source watch_;
  bool followed_ = false;
};
}  // namespace checklist::observe
