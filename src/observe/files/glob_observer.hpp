// SPDX-License-Identifier: MIT
// What glob(7) patterns find, told anew whenever inotify says that something happened in a
// directory in which they look. Where we may not look, what root wrote down counts.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/files/path_trail.hpp"
#include "observe/files/written_facts.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class GlobObserver : public Observer<GlobKey> {
 public:
  // Borrows what is written down. `root` is put before every pattern; "/" in earnest.
  GlobObserver(event::Loop& loop, Put<GlobKey> put, WrittenFacts& written, std::string root = "/");
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
  WrittenFacts& written_;
  std::string root_;
  std::map<GlobKey, std::unique_ptr<Followed>> followed_;
};
}  // namespace checklist::observe
