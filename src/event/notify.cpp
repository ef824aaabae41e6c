// SPDX-License-Identifier: MIT
#include "event/notify.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <system_error>

#include <systemd/sd-daemon.h>

#include "checklist/time.hpp"

namespace checklist::event {
namespace {
// Fails without a service manager, as in a terminal; callers need not handle that.
void notify(const std::string& state) {
  (void)sd_notify(0, state.c_str());
}

// sd_listen_fds_with_names(3) returns a null-terminated list allocated with malloc(3).
struct FreeNames {
  void operator()(char** names) const {
    // NOLINTBEGIN(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
    for (char** name = names; *name != nullptr; ++name) {
      std::free(*name);
    }
    std::free(static_cast<void*>(names));
    // NOLINTEND(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
  }
};
}  // namespace

void notify_ready() {
  notify("READY=1");
}

void notify_status(const std::string& line) {
  std::string status = "STATUS=" + line;
  std::replace(status.begin(), status.end(), '\n', ' ');  // would begin another assignment
  notify(status);
}

void notify_stopping() {
  notify("STOPPING=1");
}

Reloading::Reloading() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  const auto usec = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(usec));
}

Reloading::~Reloading() {
  notify_ready();
}

std::vector<PassedSocket> passed_sockets() {
  char** raw_names = nullptr;
  const int count = sd_listen_fds_with_names(1, &raw_names);
  if (count < 0) {
    throw std::system_error(-count, std::generic_category(), "passed sockets");
  }
  const std::unique_ptr<char*, FreeNames> names(raw_names);
  std::vector<PassedSocket> out;
  out.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    out.push_back({.fd = SD_LISTEN_FDS_START + i, .name = raw_names[i]});
  }
  return out;
}
}  // namespace checklist::event
