// SPDX-License-Identifier: MIT
// sd_notify(3) and socket activation (sd_listen_fds(3)).
#pragma once
#include <string>
#include <vector>

#include "event/loop.hpp"

namespace checklist::event {
void notify_ready();
void notify_status(const std::string& line);  // shown by `systemctl status`
void notify_stopping();

// Sends RELOADING=1 when constructed and READY=1 when destroyed, also after an exception.
class Reloading {
 public:
  Reloading();
  Reloading(const Reloading&) = delete;
  Reloading& operator=(const Reloading&) = delete;
  Reloading(Reloading&&) = delete;
  Reloading& operator=(Reloading&&) = delete;
  ~Reloading();
};

// Sends the pings of a unit with WatchdogSec= (sd_watchdog_enabled(3)) as long as the loop runs:
// four in its time, because one is dropped while the manager's queue is full.
class Watchdog {
 public:
  explicit Watchdog(Loop& loop);

 private:
  void ping();

  Loop& loop_;
  Duration interval_;
  Source due_;
};

struct PassedSocket {
  int fd;
  std::string name;  // FileDescriptorName= of the socket unit
};

// Returns the sockets that the service manager passed and removes the LISTEN_* variables. Throws
// std::system_error if those are invalid.
std::vector<PassedSocket> passed_sockets();
}  // namespace checklist::event
