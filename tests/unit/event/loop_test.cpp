// SPDX-License-Identifier: MIT
#include "event/loop.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <systemd/sd-event.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace checklist::event {
namespace {
using namespace std::chrono_literals;

int epoll_of(const Loop& loop) {
  return sd_event_get_fd(loop.raw());
}

// proc(5): an epoll descriptor's fdinfo has a line "tfd: …" for each descriptor that it watches.
bool is_empty(int epoll) {
  std::ifstream file("/proc/self/fdinfo/" + std::to_string(epoll));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  return !text.empty() && text.find("tfd:") == std::string::npos;
}

TEST(Loop, FiresATimerOnceAtItsMoment) {
  Loop loop;
  int fired = 0;
  Source timer = loop.timer([&fired] { ++fired; });
  const TimePoint moment = loop.now() + 20ms;
  timer.arm_at(moment);
  ASSERT_TRUE(loop.run_until([&] { return fired > 0; }, 5s));
  EXPECT_GE(loop.now(), moment);
  EXPECT_FALSE(loop.run_until([&] { return fired > 1; }, 30ms));
}

TEST(Loop, RethrowsWhatACallbackThrew) {
  Loop loop;
  Source source = loop.deferred(Priority::io, [] { throw std::runtime_error("broken"); });
  source.arm();
  EXPECT_THROW(loop.run(), std::runtime_error);
}

TEST(Loop, ACallbackMayDestroyItsOwnSource) {
  Loop loop;
  std::optional<Source> source;
  bool called = false;
  source = loop.deferred(Priority::io, [&] {
    source.reset();
    called = true;
  });
  source->arm();
  EXPECT_TRUE(loop.run_until([&] { return called; }, 5s));
}

TEST(Loop, LimitsTheRateOfADeferredSource) {
  Loop loop;
  int fired = 0;
  Source source = loop.rate_limited(Priority::evaluation, 200ms, 3, [&fired] { ++fired; });
  Source again = loop.before_poll([&source] { source.arm(); });
  EXPECT_FALSE(loop.run_until([] { return false; }, 100ms));
  EXPECT_EQ(fired, 3);
}

TEST(Loop, ServesIoBeforeEvaluation) {
  Loop loop;
  std::string order;
  Source low = loop.deferred(Priority::evaluation, [&order] { order += "evaluation"; });
  Source high = loop.deferred(Priority::io, [&order] { order += "io "; });
  low.arm();
  high.arm();
  ASSERT_TRUE(loop.run_until([&] { return order.size() > 5; }, 5s));
  EXPECT_EQ(order, "io evaluation");
}

TEST(Loop, DispatchesOtherSourcesWhileOneAlwaysRearmsItself) {
  Loop loop;
  bool ended = false;
  int read = 0;
  Source work;
  work = loop.deferred(Priority::io, [&work] { work.arm(); });
  const Source io =
      loop.io(Fd(::eventfd(1, EFD_CLOEXEC)), EPOLLIN, [&read](std::uint32_t) { ++read; });
  Source timer = loop.timer([&ended] { ended = true; });
  timer.arm_at(loop.now() + 20ms);
  work.arm();
  EXPECT_TRUE(loop.run_until([&] { return ended && read > 10; }, 2s)) << read << " reads";
}

TEST(Loop, RunsUntilExitAndReturnsItsCode) {
  Loop loop;
  Source source = loop.deferred(Priority::io, [&loop] { loop.exit(7); });
  source.arm();
  EXPECT_EQ(loop.run(), 7);
  EXPECT_FALSE(loop.run_until([] { return false; }, 5s)) << "there is nothing to wait for";
}

TEST(Loop, IgnoresArmingAfterItsEnd) {
  Loop loop;
  bool fired = false;
  Source deferred = loop.deferred(Priority::io, [&fired] { fired = true; });
  Source timer = loop.timer([&fired] { fired = true; });
  loop.exit(0);
  EXPECT_EQ(loop.run(), 0);
  EXPECT_NO_THROW(deferred.arm());
  EXPECT_NO_THROW(timer.arm_at(loop.now()));
  EXPECT_NO_THROW(timer.disarm());
  EXPECT_FALSE(loop.run_until([&fired] { return fired; }, 20ms));
}

TEST(Loop, RethrowsAtOnceWhatIsThrownBeforeAPoll) {
  Loop loop;
  const Source source = loop.before_poll([] { throw std::runtime_error("broken"); });
  const TimePoint begin = loop.now();
  EXPECT_THROW((void)loop.run_until([] { return false; }, 5s), std::runtime_error);
  EXPECT_LT(loop.now() - begin, 1s);
}

TEST(Loop, GoesOnAfterAnExceptionThatWasHandled) {
  Loop loop;
  int fired = 0;
  Source source = loop.deferred(Priority::io, [&fired] {
    if (++fired == 1) {
      throw std::runtime_error("once");
    }
  });
  source.arm();
  EXPECT_THROW((void)loop.run_until([] { return false; }, 5s), std::runtime_error);
  source.arm();
  EXPECT_TRUE(loop.run_until([&] { return fired == 2; }, 5s));
}

TEST(Loop, SaysWhichEventsADescriptorHas) {
  Loop loop;
  const Fd fd(eventfd(1, EFD_CLOEXEC));
  std::uint32_t seen = 0;
  {
    Source source =
        loop.borrowed_io(fd.get(), EPOLLIN, [&seen](std::uint32_t events) { seen |= events; });
    ASSERT_TRUE(loop.run_until([&] { return seen != 0; }, 5s));
    EXPECT_EQ(seen, static_cast<std::uint32_t>(EPOLLIN));
    source.wait_for(EPOLLOUT);
    ASSERT_TRUE(loop.run_until([&] { return (seen & EPOLLOUT) != 0; }, 5s));
  }
  seen = 0;
  EXPECT_FALSE(loop.run_until([&] { return seen != 0; }, 20ms)) << "its source is gone";
}

// A duplicate stays open, as in a child between vfork(2) and execve(2). If the descriptor were
// closed first, epoll would keep reporting it and sd-event would abort.
TEST(Loop, RemovesASourceFromEpollBeforeItsDescriptorIsClosed) {
  Loop loop;
  int fired = 0;
  Fd owned(eventfd(1, EFD_CLOEXEC));
  const int number = owned.get();
  const Fd duplicate(::fcntl(number, F_DUPFD_CLOEXEC, 0));
  Source source = loop.io(std::move(owned), EPOLLIN, [&fired](std::uint32_t) { ++fired; });
  EXPECT_EQ(source.fd(), number);
  ASSERT_TRUE(loop.run_until([&] { return fired > 0; }, 5s));
  source = Source();
  EXPECT_EQ(source.fd(), -1);
  EXPECT_EQ(::fcntl(number, F_GETFD), -1) << "the source closes its descriptor";
  EXPECT_TRUE(is_empty(epoll_of(loop))) << "the descriptor is still registered";
  fired = 0;
  EXPECT_FALSE(loop.run_until([&] { return fired > 0; }, 20ms));
}

TEST(Loop, ClosesADescriptorWhoseSourceIsDestroyedInItsOwnCallback) {
  Loop loop;
  Fd owned(eventfd(1, EFD_CLOEXEC));
  const int number = owned.get();
  const Fd duplicate(::fcntl(number, F_DUPFD_CLOEXEC, 0));
  bool is_closed = false;
  Source source;
  source = loop.io(std::move(owned), EPOLLIN, [&](std::uint32_t) {
    source = Source();
    is_closed = ::fcntl(number, F_GETFD) == -1;
  });
  ASSERT_TRUE(loop.run_until([&] { return is_closed; }, 5s));
  EXPECT_TRUE(is_empty(epoll_of(loop)));
}

TEST(Loop, TakesASignal) {
  Loop loop;
  int taken = 0;
  const Source source = loop.on_signal(SIGUSR1, [&taken] { ++taken; });
  ::raise(SIGUSR1);
  EXPECT_TRUE(loop.run_until([&] { return taken == 1; }, 5s));
}

TEST(Loop, HearsHowAChildEnded) {
  Loop loop;
  std::optional<ChildExit> ended;
  const auto end_of = [&](const std::function<void()>& life) {
    ended.reset();
    const pid_t pid = ::fork();
    if (pid == 0) {
      life();
      ::_exit(3);
    }
    const Source source = loop.child(pid, [&ended](ChildExit exit) { ended = exit; });
    EXPECT_TRUE(loop.run_until([&] { return ended.has_value(); }, 5s));
    return ended.value_or(ChildExit{});
  };
  const ChildExit left = end_of([] {});
  EXPECT_FALSE(left.by_signal);
  EXPECT_EQ(left.status, 3);
  const ChildExit killed = end_of([] { ::raise(SIGKILL); });
  EXPECT_TRUE(killed.by_signal);
  EXPECT_EQ(killed.status, SIGKILL);
}

TEST(Loop, SeesAFileAppear) {
  const testing::TemporaryDirectory directory;
  Loop loop;
  std::string seen;
  const Source source = loop.inotify(directory.path(), IN_CREATE,
                                     [&seen](std::uint32_t mask, const std::string& name) {
                                       EXPECT_EQ(mask, static_cast<std::uint32_t>(IN_CREATE));
                                       seen = name;
                                     });
  std::ofstream(directory.path() / "new");
  EXPECT_TRUE(loop.run_until([&] { return seen == "new"; }, 5s));
  EXPECT_THROW((void)loop.inotify(directory.path() / "absent", IN_CREATE, {}), std::system_error);
}

TEST(Loop, GoesOnAfterEventsThatOnlyARemovedSourceAskedFor) {
  const testing::TemporaryDirectory directory;
  Loop loop;
  Source first;
  bool was_called = false;
  first = loop.inotify(directory.path(), IN_CREATE | IN_CLOSE_WRITE, [&](auto, const auto&) {
    was_called = true;
    first = Source();
  });
  const Source second = loop.inotify(directory.path(), IN_DELETE_SELF,
                                     [](auto, const auto&) { FAIL() << "not asked for"; });
  std::ofstream(directory.path() / "one");
  std::ofstream(directory.path() / "other");
  EXPECT_TRUE(loop.run_until([&was_called] { return was_called; }, 5s));
  EXPECT_FALSE(loop.run_until([] { return false; }, 50ms)) << "must return";
}

TEST(Loop, MeasuresItsLongestTurn) {
  Loop loop;
  Source source = loop.deferred(Priority::io, [&loop] {
    const TimePoint until = loop.now() + 20ms;
    while (loop.now() < until) {
    }
  });
  source.arm();
  EXPECT_FALSE(loop.run_until([] { return false; }, 100ms));
  EXPECT_GE(loop.take_longest_turn(), 20ms);
  EXPECT_FALSE(loop.run_until([] { return false; }, 500ms));
  EXPECT_LT(loop.take_longest_turn(), 400ms) << "waiting is no work";
}
}  // namespace
}  // namespace checklist::event
