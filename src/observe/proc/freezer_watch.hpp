// SPDX-License-Identifier: MIT
// Tells which unit may have been frozen or thawed: systemd 252 sends no signal for FreezerState,
// but the kernel modifies the cgroup's cgroup.events (Documentation/admin-guide/cgroup-v2.rst).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "event/loop.hpp"

namespace checklist::observe {
class FreezerWatch {
 public:
  // `turned` may be called from within place(), where a watch begins: what it shows from then on
  // may have changed before.
  FreezerWatch(event::Loop& loop, std::string cgroup_root,
               std::function<void(const std::string& unit)> turned);

  // The unit's processes are there: "/system.slice/x.service"; empty: it has none. Whoever knows it
  // says so each time the unit turned, because a cgroup of the same name may be another one.
  void place(const std::string& unit, const std::string& cgroup);

 private:
  struct Watch {
    std::uint64_t inode;
    event::Source source;
  };

  event::Loop& loop_;
  std::string cgroup_root_;
  std::function<void(const std::string&)> turned_;
  std::map<std::string, Watch> watches_;  // by unit
};
}  // namespace checklist::observe
