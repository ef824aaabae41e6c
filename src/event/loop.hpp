// SPDX-License-Identifier: MIT
// The event loop: RAII over sd-event(3). All callbacks run in the thread that calls run().
//
// Destroying a Source removes it from the loop; a callback may destroy its own Source. After exit()
// no source fires and arm() is a no-op, so teardown order does not matter.
//
// An exception thrown by a callback leaves the loop and is rethrown by run(), because exceptions
// must not pass through C frames.
#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

#include "checklist/time.hpp"

#include "event/fd.hpp"

struct sd_event;
struct sd_event_source;

namespace checklist::event {
// Ready sources are dispatched in this order.
enum class Priority : std::int64_t { io = 0, evaluation = 10, clients = 20 };

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

  // Timers: fires once at that moment; a moment in the past fires in the next iteration.
  void arm_at(TimePoint moment);
  // Deferred sources: fires once, in the next iteration.
  void arm();
  void disarm();
  void set_priority(Priority priority);
  // io sources: the events to wait for from now on (EPOLLIN | EPOLLOUT | EPOLLRDHUP).
  void wait_for(std::uint32_t events);
  // Returns the descriptor that the source owns; -1 if it owns none.
  [[nodiscard]] int fd() const;

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

  using OnReady = std::function<void(std::uint32_t events)>;

  // Watches a descriptor for `events` (epoll_ctl(2)) and owns it: the source leaves epoll before
  // the descriptor is closed. The reverse order is fatal while a duplicate is open, as in a child
  // between vfork(2) and execve(2): epoll keeps reporting the closed descriptor, and sd-event(3)
  // aborts the process.
  [[nodiscard]] Source io(Fd fd, std::uint32_t events, OnReady ready);
  // Watches a descriptor that a library owns. The source must be destroyed before the library
  // closes the descriptor.
  [[nodiscard]] Source borrowed_io(int fd, std::uint32_t events, OnReady ready);
  [[nodiscard]] Source timer(Callback elapsed);                         // disarmed
  [[nodiscard]] Source deferred(Priority priority, Callback callback);  // disarmed
  // Like deferred(), but fires at most `burst` times in `interval`.
  [[nodiscard]] Source rate_limited(Priority priority, Duration interval, unsigned burst,
                                    Callback callback);
  // Called before every poll, for libraries whose timeout must be queried each time.
  [[nodiscard]] Source before_poll(Callback callback);
  // Blocks the signal in this process permanently and handles it in the loop. A spawned child must
  // unblock it (SpawnAttributes does).
  [[nodiscard]] Source on_signal(int signal, Callback callback);
  // Reaps the child; the caller must not wait for it. Blocks SIGCHLD permanently.
  [[nodiscard]] Source child(pid_t pid, std::function<void(ChildExit)> ended);
  // Watches one path with inotify(7). Throws std::system_error if it cannot be watched. `name` is
  // the directory entry, empty if the event is about the path itself.
  [[nodiscard]] Source inotify(
      const std::string& path, std::uint32_t mask,
      std::function<void(std::uint32_t mask, const std::string& name)> changed);

  [[nodiscard]] TimePoint now() const;
  // Runs until exit() and returns its code. Rethrows an exception of a callback.
  int run();
  // Runs until `done` returns true, the deadline passes or exit() is called. Returns whether `done`
  // returned true. For tests and command line tools.
  bool run_until(const std::function<bool()>& done, Duration deadline);
  void exit(int code);
  // Returns the longest time between two polls since the previous call.
  Duration take_longest_turn();

  // For libraries that attach themselves to an sd_event.
  [[nodiscard]] sd_event* raw() const { return loop_; }

 private:
  friend struct Source::Slot;
  [[nodiscard]] Source watch(int fd, Fd owned, std::uint32_t events, OnReady ready);
  void guard(const std::function<void()>& callback);
  void turn(std::uint64_t at_most_usec);
  [[nodiscard]] bool has_ended() const;

  sd_event* loop_ = nullptr;
  std::exception_ptr thrown_;
  TimePoint woken_;
  Duration longest_turn_{};
};
}  // namespace checklist::event
