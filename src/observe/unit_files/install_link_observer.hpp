// SPDX-License-Identifier: MIT
// Observes the symlinks in the .wants, .requires and .upholds directories of the unit search path.
// The scan is kept in memory and repeated on inotify events. Generator directories are rescanned
// only after a daemon-reload: while generators run, they are empty for a moment.
#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"
#include "observe/unit_files/unit_directory.hpp"

namespace checklist::observe {
class InstallLinkObserver : public Observer<InstallLinksKey>, public ManagerFollower {
 public:
  // `on_change` is called from the loop after a unit file or a symlink was created, removed or
  // changed: enablement may differ. `root` is prepended to every path; empty outside tests.
  InstallLinkObserver(event::Loop& loop, Put<InstallLinksKey> put, std::function<void()> on_change,
                      std::string root = "");
  InstallLinkObserver(const InstallLinkObserver&) = delete;
  InstallLinkObserver& operator=(const InstallLinkObserver&) = delete;
  ~InstallLinkObserver() override;

  // Sets Host.unit_path. Nothing is put before it is set; setting the same path again does nothing.
  void search_path(std::vector<std::string> directories);

  void follow(const std::set<InstallLinksKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& /*why*/) override {}  // directories are read without the manager

 private:
  struct Directory;  // of the search path

  void changed(const UnitDirectory& files);
  void put_links();

  event::Loop& loop_;
  Put<InstallLinksKey> put_;
  std::function<void()> on_change_;
  std::string root_;
  std::vector<std::string> search_path_;
  std::vector<std::unique_ptr<Directory>> directories_;
  std::set<InstallLinksKey> followed_;
};
}  // namespace checklist::observe
