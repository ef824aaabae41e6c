// SPDX-License-Identifier: MIT
// Observes the processes of cgroups and of the cgroups below them (cgroups(7)). A fork causes no
// event, so each cgroup is reread every 15 seconds, and when its unit changes state.
#pragma once
#include <string>

#include "observe/observer.hpp"
#include "observe/proc/cgroup_paths.hpp"
#include "observe/proc/periodic_poll.hpp"

namespace checklist::observe {
// Reads the processes of a cgroup below `cgroups`, a mounted unified hierarchy. At most 512
// processes in 256 cgroups are looked at, and the 64 oldest of them returned. Unseen "gone" if the
// cgroup does not exist; one without processes is a value.
Observed<std::vector<Member>> read_members(const std::string& cgroups, const std::string& cgroup,
                                           const std::string& proc);

class MemberObserver : public Observer<MembersKey> {
 public:
  MemberObserver(event::Loop& loop, Put<MembersKey> put, std::string cgroups = unified_hierarchy(),
                 std::string proc = "/proc");

  void follow(const std::set<MembersKey>& keys) override { poll_.follow(keys); }

  void look_again() override { poll_.look_at_all(); }

  // Must be called when the unit changes state: its processes may be others now.
  void unit_turned(const std::string& unit);

 private:
  Put<MembersKey> put_;
  std::string cgroups_;
  std::string proc_;
  PeriodicPoll<MembersKey> poll_;
};
}  // namespace checklist::observe
