// SPDX-License-Identifier: MIT
// Unit files and drop-ins as written, told anew whenever inotify says that something happened
// there. What generators made is looked at after a reload only: while they run, it is gone for a
// moment.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "event/loop.hpp"
#include "observe/files/path_trail.hpp"
#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class UnitFileObserver : public Observer<UnitFileKey>, public ManagerFollower {
 public:
  // `root` is put before every path; "/" in earnest.
  UnitFileObserver(event::Loop& loop, Put<UnitFileKey> put, std::string root = "/");

  void follow(const std::set<UnitFileKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& /*why*/) override {}  // files need no manager

 private:
  void look(const UnitFileKey& key);

  event::Loop& loop_;
  Put<UnitFileKey> put_;
  std::string root_;
  std::map<UnitFileKey, std::unique_ptr<PathTrail>> followed_;  // null: made by a generator
};

// One look at a file, as the fact. More than 1 MiB, or no regular file: unseen.
Observed<UnitFile> unit_file(const std::string& root, const std::string& path);
}  // namespace checklist::observe
