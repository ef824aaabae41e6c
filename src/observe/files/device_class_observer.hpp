// SPDX-License-Identifier: MIT
// Observes the kernel's device classes, /proc/devices (proc(5)). Files in /proc cause no inotify
// events, so it is reread when a node in /dev is created or removed, and on the resync.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

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
  std::vector<DeviceClass> with_age(std::vector<DeviceClass> seen);

  event::Loop& loop_;
  std::string file_;
  std::string nodes_;
  event::Source soon_;  // coalesces a burst of events into one look
  event::Source watch_;
  // DeviceClass::absent of every class that was ever seen: one that comes back is the same.
  std::map<std::tuple<bool, std::string, std::uint32_t>, std::optional<TimePoint>> known_;
  std::optional<TimePoint> last_look_;
};
}  // namespace checklist::observe
