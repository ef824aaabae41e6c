// SPDX-License-Identifier: MIT
#include "observe/journal/this_boot.hpp"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <unistd.h>

namespace checklist::observe {
namespace {
Duration clock(clockid_t id) {
  timespec time{};
  ::clock_gettime(id, &time);
  return std::chrono::seconds{time.tv_sec} +
         std::chrono::duration_cast<Duration>(std::chrono::nanoseconds{time.tv_nsec});
}

// The manager passes the id in Environment=CHECKLISTD_BOOT_ID=%b. In a container the sandbox of the
// service (ProtectKernelTunables=, ProtectControlGroups=) hides the container's boot_id file and
// shows the host's, which matches no entry of the container's journal.
std::string boot_id() {
  const char* from_manager = std::getenv("CHECKLISTD_BOOT_ID");
  std::string id = from_manager != nullptr ? from_manager : "";
  if (id.empty()) {
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
  }
  std::erase(id, '-');
  return id;
}

// Returns the start time of PID 1 on CLOCK_BOOTTIME (proc(5), "starttime"); in a container it is
// later than the boot of the kernel. Fields are counted from the state, after the command name.
Duration first_process_began() {
  std::ifstream file("/proc/1/stat");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  constexpr int fields_before = 19;
  std::string skipped;
  for (int i = 0; i < fields_before; ++i) {
    fields >> skipped;
  }
  std::int64_t ticks = 0;
  fields >> ticks;
  return std::chrono::microseconds{ticks * (1'000'000 / ::sysconf(_SC_CLK_TCK))};
}
}  // namespace

semantics::Boot this_boot() {
  const Duration asleep = clock(CLOCK_BOOTTIME) - clock(CLOCK_MONOTONIC);
  const Duration epoch = clock(CLOCK_REALTIME) - clock(CLOCK_MONOTONIC);
  return {.id = boot_id(),
          .began = TimePoint{std::max(first_process_began() - asleep, Duration{})},
          .epoch = WallTime{epoch}};
}
}  // namespace checklist::observe
