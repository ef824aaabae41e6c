// SPDX-License-Identifier: MIT
// Observes the kernel's device classes, /proc/devices (proc(5)). Files in /proc cause no inotify
// events, so it is reread when a node in /dev is created or removed, and on the resync.
#pragma once
#include <string>

#include "checklist/facts/devices.hpp"

#include "event/loop.hpp"
#include "observe/single_observer.hpp"

namespace checklist::observe {
class DeviceClassObserver : public SingleObserver<DeviceClassesKey> {
 public:
  DeviceClassObserver(event::Loop& loop, Put<DeviceClassesKey> put,
                      std::string file = "/proc/devices", std::string nodes = "/dev");

 private:
  Observed<std::vector<DeviceClass>> look() override;
  void watch() override;
  void unwatch() override;

  event::Loop& loop_;
  std::string file_;
  std::string nodes_;
  event::Source soon_;  // coalesces a burst of events into one look
  event::Source watch_;
};
}  // namespace checklist::observe
