// SPDX-License-Identifier: MIT
// The one loop: RAII over sd-event(3). Everything runs in the thread that calls run().
//
// A Source belongs to whoever holds it; destroying it, also from within its own callback, ends it.
// After the loop has ended nothing fires, and arming does nothing: who is destroyed then need not
// know.
//
// An exception from a callback leaves the loop and comes out of run(), because none may pass
// through C.
#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

#include "checklist/time.hpp"

struct sd_event;
struct sd_event_source;

namespace checklist::event {
// In the order in which what is ready gets its turn.
enum class Priority : std::int64_t { io = 0, evaluation = 10 };

struct ChildExit {
  bool by_signal = false;
  int status = 0;  // the exit code, or the signal's number
};

class Loop;

class Source {
 public:
  struct Slot;  // the callback and what sd-event needs to find it

  Source();
  explicit Source(std::unique_ptr<Slot> slot);
  Source(Source&& other) noexcept;
  Source& operator=(Source&& other) noexcept;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source();

  // Timers: fires once at that moment; a past one fires at the next turn.
  void arm_at(TimePoint moment);
  // Deferred sources: fires once, at the next turn.
  void arm();
  void disarm();
  void set_priority(Priority priority);
  // io sources: what to wait for from now on (EPOLLIN | EPOLLOUT | EPOLLRDHUP).
  void wait_for(std::uint32_t events);

 private:
  friend class Loop;
  std::unique_ptr<Slot> slot_;
};

class Loop {
 public:
  Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  Loop(Loop&&) = delete;
  Loop& operator=(Loop&&) = delete;
  ~Loop();

  using Callback = std::function<void()>;

  // `events` as in epoll_ctl(2); the descriptor is borrowed.
  [[nodiscard]] Source io(int fd, std::uint32_t events, std::function<void(std::uint32_t)> ready);
  [[nodiscard]] Source timer(Callback elapsed);                         // disarmed
  [[nodiscard]] Source deferred(Priority priority, Callback callback);  // disarmed
  // As deferred, but at most `burst` times in `interval`.
  [[nodiscard]] Source rate_limited(Priority priority, Duration interval, unsigned burst,
                                    Callback callback);
  // Before every poll; for libraries that want to be asked for their next time-out.
  [[nodiscard]] Source before_poll(Callback callback);
  // Blocks the signal for good and takes it in the loop. Who spawns a child unblocks it there.
  [[nodiscard]] Source on_signal(int signal, Callback callback);
  // Reaps the child, which nobody else may wait for. Blocks SIGCHLD for good.
  [[nodiscard]] Source child(pid_t pid, std::function<void(ChildExit)> ended);
  // inotify(7) on one path; throws std::system_error if it cannot be watched. `name` is the
  // entry's, if any.
  [[nodiscard]] Source inotify(
      const std::string& path, std::uint32_t mask,
      std::function<void(std::uint32_t mask, const std::string& name)> changed);

  [[nodiscard]] TimePoint now() const;
  // Answers the watchdog of sd_notify(3) while the loop turns, if the unit has one.
  void keep_watchdog();
  // Runs until exit(); rethrows what a callback threw.
  int run();
  // Turns until `done`, or until the deadline or exit(); for tests and tools. Whether it was done.
  bool run_until(const std::function<bool()>& done, Duration deadline);
  void exit(int code);
  // The longest time between two polls since the last call.
  Duration take_longest_turn();

  // For libraries that attach themselves.
  [[nodiscard]] sd_event* raw() const { return loop_; }

 private:
  friend struct Source::Slot;
  void guard(const std::function<void()>& callback);
  void turn(std::uint64_t at_most_usec);
  [[nodiscard]] bool has_ended() const;

  sd_event* loop_ = nullptr;
  std::exception_ptr thrown_;
  TimePoint woken_;
  Duration longest_turn_{};
};
}  // namespace checklist::event
