// SPDX-License-Identifier: MIT
// The links in TARGET.wants, .requires and .upholds directories of the unit search path: one scan
// kept in memory, made anew whenever inotify says that something happened in one of them. What
// generators made is looked at after a reload only: while they run, it is gone for a moment.
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
  // `on_change` is called from the loop after a unit file or a link came, went or changed:
  // enablement may differ. `root` is put before every path; "/" in earnest.
  InstallLinkObserver(event::Loop& loop, Put<InstallLinksKey> put, std::function<void()> on_change,
                      std::string root = "");
  InstallLinkObserver(const InstallLinkObserver&) = delete;
  InstallLinkObserver& operator=(const InstallLinkObserver&) = delete;
  ~InstallLinkObserver() override;

  // Host.unit_path, first wins. Nothing is answered before it is known; the same again costs
  // nothing.
  void search_path(std::vector<std::string> directories);

  void follow(const std::set<InstallLinksKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& /*why*/) override {}  // directories need no manager

 private:
  struct Directory;  // of the search path

  void changed(const UnitDirectory& files);
  void tell();

  event::Loop& loop_;
  Put<InstallLinksKey> put_;
  std::function<void()> on_change_;
  std::string root_;
  std::vector<std::string> search_path_;
  std::vector<std::unique_ptr<Directory>> directories_;
  std::set<InstallLinksKey> followed_;
};
}  // namespace checklist::observe
