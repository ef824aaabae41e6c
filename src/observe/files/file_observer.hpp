// SPDX-License-Identifier: MIT
// Paths as lstat(2) sees them, told anew whenever inotify says that something happened there. Where
// we may not look, or our own sandbox hides what is there, what root wrote down counts.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "event/loop.hpp"
#include "observe/files/path_trail.hpp"
#include "observe/files/written_facts.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class FileObserver : public Observer<FileKey> {
 public:
  // Borrows what is written down. `root` is put before every path; "/" in earnest.
  FileObserver(event::Loop& loop, Put<FileKey> put, WrittenFacts& written, std::string root = "/");

  void follow(const std::set<FileKey>& keys) override;
  void look_again() override;

 private:
  void look(const FileKey& key);

  event::Loop& loop_;
  Put<FileKey> put_;
  WrittenFacts& written_;
  std::string root_;
  std::map<FileKey, std::unique_ptr<PathTrail>> followed_;
};
}  // namespace checklist::observe
