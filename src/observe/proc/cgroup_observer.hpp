// SPDX-License-Identifier: MIT
// Observes the settings of cgroups in cgroupfs (Documentation/admin-guide/cgroup-v2.rst), and as
// "oom_kill" that line of memory.events.local. Writes by other programs cause no events, so each
// cgroup is reread every 15 seconds, and when its unit changes state.
#pragma once
#include <string>

#include "observe/observer.hpp"
#include "observe/proc/cgroup_paths.hpp"
#include "observe/proc/periodic_poll.hpp"

namespace checklist::observe {
class CgroupObserver : public Observer<CgroupKey> {
 public:
  CgroupObserver(event::Loop& loop, Put<CgroupKey> put, std::string root = unified_hierarchy());

  void follow(const std::set<CgroupKey>& keys) override { poll_.follow(keys); }

  void look_again() override { poll_.look_at_all(); }

  // Must be called when the unit changes state: its cgroup may have been replaced by another one of
  // the same name.
  void unit_turned(const std::string& unit);

 private:
  void look(const CgroupKey& key);

  Put<CgroupKey> put_;
  std::string root_;
  PeriodicPoll<CgroupKey> poll_;
};
}  // namespace checklist::observe
