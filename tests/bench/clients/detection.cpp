// SPDX-License-Identifier: MIT
// Kills a service's main process again and again. For each time it prints after how many
// nanoseconds a raw sd-bus client heard of it, and after how many checklistd's report showed it:
//
//   detection UNIT REPETITIONS PORT|SOCKET
#include <csignal>
#include <string>
#include <string_view>

#include <poll.h>

#include "long_poll.hpp"
#include "raw_bus.hpp"

namespace {
using bench::now_ns;
constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t timeout = 20'000 * ms;
constexpr auto quiet = "300ms";  // without a change of the report: nothing is on its way any more

class Detection {
 public:
  Detection(const char* unit, const std::string& where)
      : unit_(unit),
        path_(bench::object_path(unit)),
        bus_([this](const bench::RawBus::Signal& signal) { hear(signal.active_state); }),
        report_(where) {
    bus_.listen("path='" + path_ + "'");
  }

  void repeat() {
    bring_up();
    report_.ask("30s");
    listen_until([](std::int64_t passed) { return passed > 20 * ms; });  // the question is there
    heard_ = shown_ = 0;
    const auto pid = static_cast<pid_t>(bus_.main_pid(path_));
    const std::int64_t killed = now_ns();
    kill(pid, SIGKILL);
    listen_until([this](std::int64_t /*passed*/) { return heard_ != 0 && shown_ != 0; });
    std::printf("%lld %lld\n", static_cast<long long>(heard_ - killed),
                static_cast<long long>(shown_ - killed));
    std::fflush(stdout);
    while (!report_.read_some()) {  // the question that is still open
    }
  }

 private:
  // Starts it in a way that no start limit refuses, until the report says so and changes no more.
  void bring_up() {
    if (bus_.active_state(path_) != "active") {
      bus_.call("ResetFailedUnit", "s", unit_.c_str());
      bus_.call("RestartUnit", "ss", unit_.c_str(), "replace");
    }
    const std::int64_t began = now_ns();
    while (report_.wait_for_change(quiet) || bus_.active_state(path_) != "active" ||
           !is_shown_active()) {
      fail_after(began);
    }
  }

  template <class Done>
  void listen_until(Done done) {
    const std::int64_t began = now_ns();
    while (!done(now_ns() - began)) {
      pollfd ready[] = {{bus_.fd(), POLLIN, 0}, {report_.fd(), POLLIN, 0}};
      poll(ready, 2, 10);
      if (ready[0].revents != 0) {
        bus_.process();
      }
      if (ready[1].revents != 0 && report_.read_some()) {
        take_report();
      }
      fail_after(began);
    }
  }

  void hear(std::string_view state) {
    if (heard_ == 0 && state != "active") {
      heard_ = now_ns();
    }
  }

  void take_report() {
    if (shown_ == 0 && !is_shown_active()) {
      shown_ = now_ns();
    }
    report_.ask(quiet);
  }

  [[nodiscard]] bool is_shown_active() const { return report_.active_state(unit_) == "active"; }

  static void fail_after(std::int64_t began) {
    if (now_ns() - began > timeout) {
      bench::fail("nothing was to be seen for 20 s");
    }
  }

  std::string unit_;
  std::string path_;
  std::int64_t heard_ = 0;
  std::int64_t shown_ = 0;
  bench::RawBus bus_;
  bench::LongPoll report_;
};
}  // namespace

int main(int count, char** arguments) {
  if (count != 4) {
    bench::fail("detection UNIT REPETITIONS PORT|SOCKET");
  }
  Detection detection(arguments[1], arguments[3]);
  for (int i = std::stoi(arguments[2]); i > 0; --i) {
    detection.repeat();
  }
}
