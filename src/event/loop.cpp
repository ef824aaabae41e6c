// SPDX-License-Identifier: MIT
#include "event/loop.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include <sys/epoll.h>
#include <sys/wait.h>
#include <systemd/sd-event.h>

#include "event/inotify_events.hpp"

namespace checklist::event {
namespace {
void must(int result, const char* what) {
  if (result < 0) {
    throw std::system_error(-result, std::generic_category(), what);
  }
}

void must_unless_ended(int result, const char* what) {
  must(result == -ESTALE ? 0 : result, what);
}

void enable(sd_event_source* source, int how, const char* what) {
  must_unless_ended(sd_event_source_set_enabled(source, how), what);
}

void block(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  must(-pthread_sigmask(SIG_BLOCK, &set, nullptr), "pthread_sigmask");
}

std::uint64_t usec(TimePoint moment) {
  const auto since =
      std::chrono::duration_cast<std::chrono::microseconds>(moment.time_since_epoch());
  return since.count() > 0 ? static_cast<std::uint64_t>(since.count()) : 1;
}
}  // namespace

struct Source::Slot {
  // Shared with a running callback, which may destroy its Source.
  struct State {
    Loop& loop;
    std::function<void(std::uint32_t, const std::string&)> callback;
    std::function<void(ChildExit)> ended = {};  // the callback of a child source
  };

  explicit Slot(Loop& owner, std::function<void(std::uint32_t, const std::string&)> callback)
      : state(std::make_shared<State>(State{owner, std::move(callback)})) {}

  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  Slot(Slot&&) = delete;
  Slot& operator=(Slot&&) = delete;

  ~Slot() { sd_event_source_disable_unref(source); }

  static int call(void* slot, std::uint32_t events = 0, const std::string& name = {}) {
    const auto state = static_cast<Slot*>(slot)->state;
    state->loop.guard([&] { state->callback(events, name); });
    return 0;
  }

  // The handlers that sd-event calls, one for each type of source.
  static int on_io(sd_event_source* /*source*/, int /*fd*/, std::uint32_t events, void* slot) {
    return call(slot, events);
  }

  static int on_time(sd_event_source* /*source*/, std::uint64_t /*usec*/, void* slot) {
    return call(slot);
  }

  static int on_turn(sd_event_source* /*source*/, void* slot) { return call(slot); }

  static int on_signal(sd_event_source* /*source*/, const signalfd_siginfo* /*info*/, void* slot) {
    return call(slot);
  }

  static int on_child(sd_event_source* /*source*/, const siginfo_t* info, void* slot) {
    const auto state = static_cast<Slot*>(slot)->state;
    const ChildExit exit{.by_signal = info->si_code != CLD_EXITED, .status = info->si_status};
    state->loop.guard([&] { state->ended(exit); });
    return 0;
  }

  static int on_inotify(sd_event_source* /*source*/, const inotify_event* event, void* slot) {
    return call(slot, event->mask, event->len > 0 ? event->name : "");
  }

  std::shared_ptr<State> state;
  sd_event_source* source = nullptr;
  Fd owned{};  // closed after ~Slot() has removed the source from epoll
};

Source::Source() = default;

Source::Source(std::unique_ptr<Slot> slot) : slot_(std::move(slot)) {}

Source::Source(Source&& other) noexcept = default;
Source& Source::operator=(Source&& other) noexcept = default;
Source::~Source() = default;

void Source::arm_at(TimePoint moment) {
  must_unless_ended(sd_event_source_set_time(slot_->source, usec(moment)), "timer");
  enable(slot_->source, SD_EVENT_ONESHOT, "timer");
}

void Source::arm() {
  enable(slot_->source, SD_EVENT_ONESHOT, "deferred source");
}

void Source::disarm() {
  enable(slot_->source, SD_EVENT_OFF, "event source");
}

void Source::set_priority(Priority priority) {
  must(sd_event_source_set_priority(slot_->source, static_cast<std::int64_t>(priority)),
       "priority");
}

void Source::wait_for(std::uint32_t events) {
  must(sd_event_source_set_io_events(slot_->source, events), "io source");
}

int Source::fd() const {
  return slot_ ? slot_->owned.get() : -1;
}

Loop::Loop() {
  must(sd_event_new(&loop_), "sd_event_new");
}

Loop::~Loop() {
  sd_event_unref(loop_);
}

Source Loop::io(Fd fd, std::uint32_t events, OnReady ready) {
  const int number = fd.get();
  return watch(number, std::move(fd), events, std::move(ready));
}

Source Loop::borrowed_io(int fd, std::uint32_t events, OnReady ready) {
  return watch(fd, Fd(), events, std::move(ready));
}

Source Loop::watch(int fd, Fd owned, std::uint32_t events, OnReady ready) {
  auto slot = std::make_unique<Source::Slot>(
      *this, [ready = std::move(ready)](std::uint32_t e, const std::string&) { ready(e); });
  slot->owned = std::move(owned);
  must(sd_event_add_io(loop_, &slot->source, fd, events, Source::Slot::on_io, slot.get()),
       "io source");
  return Source(std::move(slot));
}

Source Loop::timer(Callback elapsed) {
  auto slot = std::make_unique<Source::Slot>(
      *this, [elapsed = std::move(elapsed)](std::uint32_t, const std::string&) { elapsed(); });
  constexpr std::uint64_t accuracy_usec = 1;  // 0 would be sd-event's default of 250 ms
  must(sd_event_add_time(loop_, &slot->source, CLOCK_MONOTONIC, 0, accuracy_usec,
                         Source::Slot::on_time, slot.get()),
       "timer");
  must(sd_event_source_set_enabled(slot->source, SD_EVENT_OFF), "timer");
  return Source(std::move(slot));
}

// A timer whose moment has passed. sd-event's own deferred source keeps its pending position: one
// that rearms itself in its callback would starve every other source of its priority.
Source Loop::deferred(Priority priority, Callback callback) {
  Source source = timer(std::move(callback));
  source.set_priority(priority);
  return source;
}

Source Loop::rate_limited(Priority priority, Duration interval, unsigned burst, Callback callback) {
  Source source = deferred(priority, std::move(callback));
  must(sd_event_source_set_ratelimit(source.slot_->source,
                                     static_cast<std::uint64_t>(interval.count()), burst),
       "rate limit");
  return source;
}

Source Loop::before_poll(Callback callback) {
  auto slot = std::make_unique<Source::Slot>(
      *this, [callback = std::move(callback)](std::uint32_t, const std::string&) { callback(); });
  // sd-event calls the prepare handler of enabled sources only; this timer never fires.
  must(sd_event_add_time(loop_, &slot->source, CLOCK_MONOTONIC, UINT64_MAX, 0,
                         Source::Slot::on_time, slot.get()),
       "prepare source");
  must(sd_event_source_set_prepare(slot->source, Source::Slot::on_turn), "prepare source");
  return Source(std::move(slot));
}

Source Loop::on_signal(int signal, Callback callback) {
  block(signal);
  auto slot = std::make_unique<Source::Slot>(
      *this, [callback = std::move(callback)](std::uint32_t, const std::string&) { callback(); });
  must(sd_event_add_signal(loop_, &slot->source, signal, Source::Slot::on_signal, slot.get()),
       "signal source");
  return Source(std::move(slot));
}

Source Loop::child(pid_t pid, std::function<void(ChildExit)> ended) {
  block(SIGCHLD);
  auto slot = std::make_unique<Source::Slot>(*this, [](std::uint32_t, const std::string&) {});
  slot->state->ended = std::move(ended);
  must(sd_event_add_child(loop_, &slot->source, pid, WEXITED, Source::Slot::on_child, slot.get()),
       "child source");
  return Source(std::move(slot));
}

Source Loop::inotify(const std::string& path, std::uint32_t mask,
                     std::function<void(std::uint32_t, const std::string&)> changed) {
  auto slot = std::make_unique<Source::Slot>(*this, only(mask, std::move(changed)));
  must(sd_event_add_inotify(loop_, &slot->source, path.c_str(), mask | common_events,
                            Source::Slot::on_inotify, slot.get()),
       path.c_str());
  return Source(std::move(slot));
}

// NOLINTNEXTLINE(readability-convert-member-functions-to-static): a loop owns its clock
TimePoint Loop::now() const {
  return std::chrono::steady_clock::now();
}

bool Loop::has_ended() const {
  return sd_event_get_state(loop_) == SD_EVENT_FINISHED;
}

// One iteration of sd_event_run(3), split up so that the time between two polls can be measured.
void Loop::turn(std::uint64_t at_most_usec) {
  int ready = sd_event_prepare(loop_);
  must(ready, "sd_event_prepare");
  if (woken_ != TimePoint{}) {
    longest_turn_ = std::max(longest_turn_, std::chrono::duration_cast<Duration>(now() - woken_));
  }
  if (ready == 0) {
    ready = sd_event_wait(loop_, thrown_ ? 0 : at_most_usec);  // a prepare handler may throw, too
    must(ready, "sd_event_wait");
  }
  woken_ = now();
  if (ready > 0) {
    must(sd_event_dispatch(loop_), "sd_event_dispatch");
  }
  if (thrown_) {
    std::rethrow_exception(std::exchange(thrown_, nullptr));
  }
}

int Loop::run() {
  while (!has_ended()) {
    turn(UINT64_MAX);
  }
  int code = 0;
  must(sd_event_get_exit_code(loop_, &code), "exit code");
  return code;
}

bool Loop::run_until(const std::function<bool()>& done, Duration deadline) {
  const TimePoint end = now() + deadline;
  while (!done()) {
    const auto left = std::chrono::duration_cast<Duration>(end - now());
    if (left.count() <= 0 || has_ended()) {
      return false;
    }
    turn(static_cast<std::uint64_t>(left.count()));
  }
  return true;
}

void Loop::exit(int code) {
  must(sd_event_exit(loop_, code), "exit");
}

Duration Loop::take_longest_turn() {
  return std::exchange(longest_turn_, Duration{});
}

void Loop::guard(const std::function<void()>& callback) {
  if (thrown_) {
    return;  // the loop is about to rethrow
  }
  try {
    callback();
  } catch (...) {
    thrown_ = std::current_exception();
  }
}
}  // namespace checklist::event
