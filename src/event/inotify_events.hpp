// SPDX-License-Identifier: MIT
// Which inotify(7) events sources ask the kernel for, and which of them reach a callback.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include <sys/inotify.h>

namespace checklist::event {
// All sources ask for these, because sd_event_wait(3) of systemd 252 never returns while the queue
// begins with an event of a watched inode for which no source asks: one that did may be gone.
constexpr std::uint32_t common_events = IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
                                        IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF;

using OnInotify = std::function<void(std::uint32_t events, const std::string& name)>;

// Returns a callback that passes on the events of the mask, and those that are not asked for, such
// as IN_Q_OVERFLOW.
inline OnInotify only(std::uint32_t mask, OnInotify changed) {
  return [mask, changed = std::move(changed)](std::uint32_t events, const std::string& name) {
    if ((events & (mask | ~common_events)) != 0) {
      changed(events, name);
    }
  };
}
}  // namespace checklist::event
