// SPDX-License-Identifier: MIT
// Observes whether facts about files are newer than a moment: those that checklistd-files.service
// wrote may be older, and it is asked to look again.
#pragma once
#include <map>
#include <set>

#include "checklist/facts/files.hpp"

#include "event/loop.hpp"
#include "observe/observer.hpp"
#include "observe/root/root_facts.hpp"

namespace checklist::observe {
class LookSinceObserver : public Observer<LookSinceKey> {
 public:
  // Borrows `root_facts`. look_again() must be called after they changed, and after the observers
  // of files and globs looked again.
  LookSinceObserver(event::Loop& loop, Put<LookSinceKey> put, RootFacts& root_facts);

  void follow(const std::set<LookSinceKey>& keys) override;
  void look_again() override;

 private:
  event::Loop& loop_;
  Put<LookSinceKey> put_;
  RootFacts& root_facts_;
  std::map<LookSinceKey, TimePoint> followed_;  // until when a newer look is awaited
  event::Source deadline_;
};
}  // namespace checklist::observe
