// SPDX-License-Identifier: MIT
// Observes all listening sockets of our network namespace and their cgroups with sock_diag(7).
// bind(2) causes no event, so sockets are listed at an interval and shortly after a unit changes
// state.
//
// A socket has the id of the cgroup in which it was created. The path of an id is looked up once by
// walking cgroupfs, and is kept while a socket has that id, even if the cgroup is removed.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "event/fd.hpp"
#include "event/loop.hpp"
#include "observe/observer.hpp"
#include "observe/proc/cgroup_paths.hpp"
#include "observe/systemd/systemd.hpp"
#include "parse/sock_diag.hpp"

namespace checklist::observe {
class ListenerObserver : public Observer<ListenersKey>, public ManagerFollower {
 public:
  struct Options {
    Duration interval = std::chrono::seconds{5};
    std::string cgroup_root = unified_hierarchy();
  };

  ListenerObserver(event::Loop& loop, Options options, Put<ListenersKey> put);

  void follow(const std::set<ListenersKey>& keys) override;
  void look_again() override;
  // Must be called when a unit changes state: sockets are listed several times during the next
  // second. Repeated calls restart the series.
  void look_soon();

  // A daemon-reload closes sockets that a socket unit no longer configures.
  void resync() override { look_soon(); }

  void gone(const Unseen& /*why*/) override {}

  void look_every(Duration interval);

 private:
  void look();
  void ask();
  void hear();
  void take(const parse::SocketAnswer& answer);
  void answered();
  void complete();
  void failed(const Unseen& why);
  void drop_dump();
  void arm_next();

  event::Loop& loop_;
  Options options_;
  Put<ListenersKey> put_;
  CgroupPaths paths_;
  bool followed_ = false;

  event::Source readable_;  // owns the socket; set while a dump runs
  event::Source next_;
  std::uint32_t sequence_ = 0;
  std::size_t question_ = 0;      // index of the current dump
  std::size_t found_before_ = 0;  // listeners from previous dumps
  unsigned attempts_ = 0;         // of the current dump
  bool interrupted_ = false;
  std::vector<Listener> found_;

  std::optional<TimePoint> unanswered_since_;  // no complete list since then
  TimePoint next_regular_;
  TimePoint turned_;            // when look_soon() was called
  std::size_t looks_done_ = 0;  // of the series that it started
};
}  // namespace checklist::observe
