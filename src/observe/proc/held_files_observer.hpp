// SPDX-License-Identifier: MIT
// Observes what the processes of cgroups hold: by looking itself where it may, as a user's instance
// at the services of its user, or by what checklistd-files.service wrote.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/proc/held_files.hpp"
#include "observe/proc/periodic_poll.hpp"
#include "observe/root/root_facts.hpp"

namespace checklist::observe {
class HeldFilesObserver : public Observer<HeldFilesKey> {
 public:
  // Borrows `root_facts`; look_again() must be called after they changed.
  HeldFilesObserver(event::Loop& loop, Put<HeldFilesKey> put, RootFacts& root_facts,
                    std::string cgroup_root);

  void follow(const std::set<HeldFilesKey>& keys) override;

  void look_again() override { poll_.look_at_all(); }

  // Looks at the unit's cgroup again: a new run has other files.
  void unit_turned(const std::string& unit);

 private:
  void look(const HeldFilesKey& key);

  event::Loop& loop_;
  Put<HeldFilesKey> put_;
  RootFacts& root_facts_;
  std::string root_;
  PeriodicPoll<HeldFilesKey> poll_;
  std::set<HeldFilesKey> pending_;  // root's next look is awaited
  event::Source again_;
  std::optional<HeldFilesReader> reader_;  // reads the sockets of the host once, for all units
  TimePoint reader_until_;
};
}  // namespace checklist::observe
