// SPDX-License-Identifier: MIT
// Every listening socket of our network namespace and the cgroup it belongs to, by sock_diag(7):
// dumped on an interval, and soon after a unit turned, because no event tells of a bind().
//
// A socket carries the id of the cgroup in which it was made. The path behind an id is looked up
// once, by walking cgroupfs(7), and stays known while a socket carries it: a removed cgroup has a
// name, too.
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
  // A unit's state changed: what it binds, it binds within the next moments. Any number of calls in
  // a row cost one series of looks.
  void look_soon();

  // A reload closes what a socket unit does not listen on any more.
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
  std::size_t question_ = 0;      // which of the dumps is being answered
  std::size_t found_before_ = 0;  // listeners of the dumps before this one
  unsigned attempts_ = 0;         // of this one
  bool interrupted_ = false;
  std::vector<Listener> found_;

  std::optional<TimePoint> unanswered_since_;  // looks since then brought nothing
  TimePoint next_regular_;
  TimePoint turned_;            // when look_soon() was called
  std::size_t looks_done_ = 0;  // of the series after it
};
}  // namespace checklist::observe
