// SPDX-License-Identifier: MIT
// What systemd hears from us (sd_notify(3)) and what it hands us (sd_listen_fds(3)).
#pragma once
#include <string>
#include <vector>

namespace checklist::event {
void notify_ready();
void notify_status(const std::string& line);  // one line for `systemctl status`
void notify_stopping();

// RELOADING=1 now and READY=1 when the scope is left, whatever happened in it.
class Reloading {
 public:
  Reloading();
  Reloading(const Reloading&) = delete;
  Reloading& operator=(const Reloading&) = delete;
  Reloading(Reloading&&) = delete;
  Reloading& operator=(Reloading&&) = delete;
  ~Reloading();
};

struct PassedSocket {
  int fd;
  std::string name;  // FileDescriptorName= of the socket unit
};

// The sockets systemd passed; the environment that told of them is removed.
std::vector<PassedSocket> passed_sockets();

// This process's environment without what is between systemd and us alone: a child must not send
// notifications in our name or take descriptors for its own.
std::vector<std::string> child_environment();
}  // namespace checklist::event
