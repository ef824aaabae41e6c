// SPDX-License-Identifier: MIT
// A library for LD_PRELOAD: the wall clock is ahead by the seconds that the file FILE begins with,
// a signed number of 64 bits, and follows it. The kernel's clock belongs to all sandboxes of a
// machine.
#include <cstdint>
#include <ctime>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {
constexpr auto file = "/usr/local/lib/clock-ahead";

std::int64_t ahead() {
  static const volatile std::int64_t* const seconds = [] {
    const int fd = open(file, O_RDONLY | O_CLOEXEC);
    void* const place = mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    return place == MAP_FAILED ? nullptr : static_cast<std::int64_t*>(place);
  }();
  return seconds == nullptr ? 0 : *seconds;
}
}  // namespace

extern "C" {
int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += ahead();
  }
  return result;
}

int gettimeofday(timeval* time, void*) noexcept {
  timespec now{};
  const int result = clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return result;
}

time_t time(time_t* time) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (time != nullptr) {
    *time = now.tv_sec;
  }
  return now.tv_sec;
}
}
