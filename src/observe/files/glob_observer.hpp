// SPDX-License-Identifier: MIT
// Observes the paths that match glob(7) patterns. Every directory that a pattern searches is
// watched with inotify(7). If one is not accessible, checklistd-files.service's facts are used
// instead.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"
#include "observe/observer.hpp"
#include "observe/root/root_facts.hpp"

namespace checklist::observe {
class GlobObserver : public Observer<GlobKey> {
 public:
  // Borrows `root_facts`. `root` is prepended to every pattern; empty outside tests.
  GlobObserver(event::Loop& loop, Put<GlobKey> put, RootFacts& root_facts, std::string root = "");
  GlobObserver(const GlobObserver&) = delete;
  GlobObserver& operator=(const GlobObserver&) = delete;
  ~GlobObserver() override;

  void follow(const std::set<GlobKey>& keys) override;
  void look_again() override;

 private:
  struct Followed;
  void look(const GlobKey& key, Followed& followed);

  event::Loop& loop_;
  Put<GlobKey> put_;
  RootFacts& root_facts_;
  std::string root_;
  std::map<GlobKey, std::unique_ptr<Followed>> followed_;
};
}  // namespace checklist::observe
