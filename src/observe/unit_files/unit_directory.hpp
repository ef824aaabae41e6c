// SPDX-License-Identifier: MIT
// A directory of the unit search path and those below it that matter, watched by inotify(7). What
// generators made is not watched: while they run, it is gone for a moment.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"

namespace checklist::observe {
class UnitDirectory {
 public:
  // `root` is put before the path. `changed` is called from the loop, in a storm at most fifty
  // times a second.
  UnitDirectory(event::Loop& loop, const std::string& root, std::string path,
                const std::function<void(UnitDirectory&)>& changed);
  UnitDirectory(const UnitDirectory&) = delete;
  UnitDirectory& operator=(const UnitDirectory&) = delete;
  ~UnitDirectory() = default;

  [[nodiscard]] const std::string& path() const { return path_; }  // without the root

  [[nodiscard]] const std::string& full() const { return full_; }

  // The names below it for which `matters` holds. They and the directory itself are watched from
  // before this look on, so that nothing after it is missed.
  std::vector<std::string> look(const std::function<bool(const std::string&)>& matters);

 private:
  void watch(const std::string& directory);

  event::Loop& loop_;
  std::string path_;
  std::string full_;
  event::Source soon_;
  std::unique_ptr<SymlinkChainWatch> trail_;  // whether it is there; null: nothing is watched
  std::vector<event::Source> watches_;
};

// Those of Host.unit_path, first wins, each place once. Not that of transient units: they come and
// go in numbers, and nobody edits them.
std::vector<std::unique_ptr<UnitDirectory>> unit_directories(
    event::Loop& loop, const std::string& root, const std::vector<std::string>& search_path,
    const std::function<void(UnitDirectory&)>& changed);

// The names in a directory; nothing if there is none: it may go at any moment.
std::vector<std::string> names_in(const std::string& directory);

// Whether an entry says that there shall be nothing of that name: it is empty, or leads to
// /dev/null.
bool is_mask(const std::string& path);
}  // namespace checklist::observe
