// SPDX-License-Identifier: MIT
// Calls back when a unit may have been frozen or thawed. systemd 252 sends no signal for
// FreezerState, but the kernel modifies cgroup.events (Documentation/admin-guide/cgroup-v2.rst).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "event/loop.hpp"

namespace checklist::observe {
class FreezerWatch {
 public:
  // `changed` is also called from within place() when a new watch begins, because the state may
  // have changed before.
  FreezerWatch(event::Loop& loop, std::string cgroup_root,
               std::function<void(const std::string& unit)> changed);

  // Sets the unit's cgroup, such as "/system.slice/x.service"; empty if it has none. Must be called
  // each time the unit changes state: the cgroup may be another one of the same name.
  void place(const std::string& unit, const std::string& cgroup);

 private:
  struct Watch {
    std::uint64_t inode;
    event::Source source;
  };

  event::Loop& loop_;
  std::string cgroup_root_;
  std::function<void(const std::string&)> changed_;
  std::map<std::string, Watch> watches_;  // by unit
};
}  // namespace checklist::observe
