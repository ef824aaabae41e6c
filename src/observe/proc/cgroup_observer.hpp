// SPDX-License-Identifier: MIT
// The settings of cgroups, from cgroupfs (Documentation/admin-guide/cgroup-v2.rst). Who writes
// there by hand causes no event, so each is looked at every 15 seconds, and when its unit turned.
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

  // That unit's state changed: a cgroup of the same name may be another one.
  void unit_turned(const std::string& unit);

 private:
  void look(const CgroupKey& key);

  Put<CgroupKey> put_;
  std::string root_;
  PeriodicPoll<CgroupKey> poll_;
};
}  // namespace checklist::observe
