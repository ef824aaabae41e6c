// SPDX-License-Identifier: MIT
// Records every start of a unit as a raw sd-bus client hears of it, until standard input ends, and
// prints them: when it was heard (nanoseconds of CLOCK_MONOTONIC), the unit's object path, and its
// ActiveEnterTimestamp. First the line "ready".
#include <map>
#include <string>
#include <vector>

#include <poll.h>
#include <unistd.h>

#include "raw_bus.hpp"

namespace {
struct Start {
  std::int64_t heard;
  std::string path;
  std::uint64_t active_enter;
};

// Written at the end only: the pipe has no reader until then, and a full pipe would block.
void print(const std::vector<Start>& starts) {
  for (const auto& [heard, path, active_enter] : starts) {
    std::printf("%lld %s %llu\n", static_cast<long long>(heard), path.c_str(),
                static_cast<unsigned long long>(active_enter));
  }
}
}  // namespace

int main() {
  std::vector<Start> starts;
  std::map<std::string, std::uint64_t, std::less<>> known;
  bench::RawBus bus([&known, &starts](const bench::RawBus::Signal& signal) {
    std::uint64_t& last = known[std::string(signal.path)];
    if (last != signal.active_enter) {
      last = signal.active_enter;
      starts.push_back({bench::now_ns(), std::string(signal.path), last});
    }
  });
  bus.listen("path_namespace='/org/freedesktop/systemd1/unit'");
  std::puts("ready");
  std::fflush(stdout);
  for (;;) {
    pollfd ready[] = {{bus.fd(), POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    poll(ready, 2, -1);
    bus.process();
    if (ready[1].revents != 0) {
      print(starts);
      return 0;
    }
  }
}
