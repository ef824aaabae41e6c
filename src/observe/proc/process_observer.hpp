// SPDX-License-Identifier: MIT
// Observes the attributes, mounts and descriptors of processes in /proc/PID (proc(5)). prlimit(2)
// and mount(2) cause no events, so each process is reread every 15 seconds.
#pragma once
#include <chrono>
#include <ctime>
#include <functional>
#include <map>
#include <string>

#include "observe/observer.hpp"
#include "observe/proc/periodic_poll.hpp"
#include "parse/process.hpp"

namespace checklist::observe {
inline constexpr Duration values_interval = std::chrono::seconds(15);

// Returns how long the system was suspended since its boot, by CLOCK_MONOTONIC and CLOCK_BOOTTIME.
Duration time_suspended(const std::function<std::chrono::nanoseconds(clockid_t)>& now);

// Returns what is needed to convert start times. Includes suspensions from before the process was
// forked.
parse::Clock kernel_clock();

// Returns why a file below a process's directory in /proc could not be read, by its errno: "gone"
// if the process has exited.
Unseen why_unread(const std::string& directory, int error);

// Read a process from its directory in /proc. Unseen with reason "gone" if it does not exist.
Observed<Process> read_process(const std::string& directory);
Observed<std::vector<Mount>> read_mounts(const std::string& directory);
// Before Linux 6.2 the kernel does not tell how many descriptors a process of another user has.
Observed<std::uint64_t> read_descriptors(const std::string& directory);

// Returns whether systemd has not executed the unit's program yet: until then limits and mounts are
// not final.
bool is_being_prepared(const std::string& directory);

// Waits for the end of the preparation, but at most 5 seconds: a program may have such a name
// itself.
template <class Key>
class ProcObserver : public Observer<Key> {
 public:
  using Read = Observed<typename Key::Fact> (*)(const std::string& directory);

  ProcObserver(event::Loop& loop, Read read, Put<Key> put, std::string proc = "/proc")
      : loop_(loop),
        read_(read),
        put_(std::move(put)),
        proc_(std::move(proc)),
        poll_(loop, values_interval, [this](const Key& key) { look(key); }),
        again_(loop.timer([this] { look_at_prepared(); })) {}

  void follow(const std::set<Key>& keys) override {
    std::erase_if(prepared_, [&keys](const auto& each) { return !keys.contains(each.first); });
    poll_.follow(keys);
  }

  void look_again() override { poll_.look_at_all(); }

 private:
  static constexpr Duration longest_preparation = std::chrono::seconds(5);
  static constexpr Duration pause = std::chrono::milliseconds(50);

  void look(const Key& key) {
    const std::string directory = proc_ + "/" + std::to_string(key.pid);
    if (key.pid != 1 && is_being_prepared(directory)) {  // PID 1 keeps that name
      const auto [at, is_new] = prepared_.try_emplace(key, loop_.now() + longest_preparation);
      if (at->second > loop_.now()) {
        again_.arm_at(loop_.now() + pause);
        return;
      }
    } else {
      prepared_.erase(key);
    }
    put_(key, read_(directory));
  }

  void look_at_prepared() {
    for (const auto& [key, until] : prepared_) {
      if (until > loop_.now() - pause) {
        poll_.look_at(key);
      }
    }
  }

  event::Loop& loop_;
  Read read_;
  Put<Key> put_;
  std::string proc_;
  PeriodicPoll<Key> poll_;
  std::map<Key, TimePoint> prepared_;  // end of the wait for each
  event::Source again_;
};

using ProcessObserver = ProcObserver<ProcessKey>;
using MountsObserver = ProcObserver<MountsKey>;
using DescriptorsObserver = ProcObserver<DescriptorsKey>;
}  // namespace checklist::observe
