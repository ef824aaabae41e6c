// SPDX-License-Identifier: MIT
// Calls back if something may have changed at a path: inotify(7) on its directory, or on the
// nearest existing ancestor.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "event/loop.hpp"

namespace checklist::event {
class PathWatch {
 public:
  // `changed` is called from the loop and may destroy the watch.
  PathWatch(event::Loop& loop, std::string path, std::function<void()> changed);
  PathWatch(const PathWatch&) = delete;
  PathWatch& operator=(const PathWatch&) = delete;
  ~PathWatch() = default;

 private:
  void watch_nearest();
  void on_event(const std::string& directory, std::uint32_t mask, const std::string& name);

  event::Loop& loop_;
  std::string path_;
  std::function<void()> changed_;
  event::Source watch_;
  event::Source soon_;  // coalesces a burst of events
};
}  // namespace checklist::event
