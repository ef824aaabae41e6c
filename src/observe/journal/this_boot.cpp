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

// The manager tells its services (Environment=CHECKLISTD_BOOT_ID=%b): in a container their own
// sandbox (ProtectKernelTunables=, ProtectControlGroups=) hides the container's id, and the file
// shows the host's, by which no entry of the journal is of this boot.
std::string boot_id() {
  const char* told = std::getenv("CHECKLISTD_BOOT_ID");
  std::string id = told != nullptr ? told : "";
  if (id.empty()) {
    std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
  }
  std::erase(id, '-');
  return id;
}

// When process 1 began, in ticks of CLOCK_BOOTTIME (proc(5), "starttime"): in a container later
// than the kernel. The field's number counts from the state, which follows the command's name.
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
