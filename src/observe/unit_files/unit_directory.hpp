// SPDX-License-Identifier: MIT
// Watches a directory of the unit search path, and selected directories in it, with inotify(7).
// Generator directories are not watched: while generators run, they are empty for a moment.
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
  // `root` is prepended to the path; empty outside tests. `changed` is called from the loop, at
  // most fifty times per second.
  UnitDirectory(event::Loop& loop, const std::string& root, std::string path,
                const std::function<void(UnitDirectory&)>& changed);
  UnitDirectory(const UnitDirectory&) = delete;
  UnitDirectory& operator=(const UnitDirectory&) = delete;
  ~UnitDirectory() = default;

  [[nodiscard]] const std::string& path() const { return path_; }  // without the root

  [[nodiscard]] const std::string& full() const { return full_; }

  // Returns the entries for which `matters` returns true. The watches on them and on the directory
  // are set before it is read, so that no later change is missed.
  // Throws Shortage.
  std::vector<std::string> look(const std::function<bool(const std::string&)>& matters);

  // Has `changed` called in a second.
  void look_later();

 private:
  void watch(const std::string& directory);

  event::Loop& loop_;
  std::string path_;
  std::string full_;
  event::Source soon_;
  event::Source again_;
  std::unique_ptr<SymlinkChainWatch> chain_;  // notices when it is created; null: not watched
  std::vector<event::Source> watches_;
};

// Returns the directories of Host.unit_path in order, without duplicates that are reached through a
// symlink. Leaves out the directory of transient units, which change often and are not edited.
std::vector<std::unique_ptr<UnitDirectory>> unit_directories(
    event::Loop& loop, const std::string& root, const std::vector<std::string>& search_path,
    const std::function<void(UnitDirectory&)>& changed);

// Returns the names in a directory; empty if it does not exist. Throws Shortage.
std::vector<std::string> names_in(const std::string& directory);

// Returns whether a file masks its name: it is empty, or a symlink to /dev/null.
bool is_mask(const std::string& path);
}  // namespace checklist::observe
