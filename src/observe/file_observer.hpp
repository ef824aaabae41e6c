// SPDX-License-Identifier: MIT
// Paths as lstat(2) sees them, told anew whenever inotify says that something happened there.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "event/loop.hpp"
#include "observe/observer.hpp"
#include "observe/path_watch.hpp"

namespace checklist::observe {
class FileObserver : public Observer<FileKey> {
 public:
  // `root` is put before every path; "/" in earnest.
  FileObserver(event::Loop& loop, Put<FileKey> put, std::string root = "/");

  void follow(const std::set<FileKey>& keys) override;
  void look_again() override;

 private:
  void look(const FileKey& key);

  event::Loop& loop_;
  Put<FileKey> put_;
  std::string root_;
  std::map<FileKey, std::unique_ptr<PathWatch>> followed_;
};

// One look at a path, as the fact.
Observed<FileStatus> file_status(const std::string& root, const std::string& path);
}  // namespace checklist::observe
