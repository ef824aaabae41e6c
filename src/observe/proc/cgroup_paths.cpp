// SPDX-License-Identifier: MIT
#include "observe/proc/cgroup_paths.hpp"

#include <algorithm>
#include <memory>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "observe/shortage.hpp"

namespace checklist::observe {
namespace {
struct CloseDirectory {
  void operator()(DIR* directory) const { (void)::closedir(directory); }
};

// Calls `found(inode, path)` for every directory below `path`. The inode number is that of the
// directory entry, so no stat(2) is needed. Throws Shortage.
template <class Found>
void walk(const std::string& root, const std::string& path, const Found& found) {
  const std::unique_ptr<DIR, CloseDirectory> directory(::opendir((root + path).c_str()));
  if (!directory && is_shortage(errno)) {
    throw Shortage(errno, root + path);
  }
  while (const dirent* entry = directory ? ::readdir(directory.get()) : nullptr) {
    const std::string name(&entry->d_name[0]);
    if (entry->d_type == DT_DIR && name != "." && name != "..") {
      const std::string child = path + '/' + name;
      found(entry->d_ino, child);
      walk(root, child, found);
    }
  }
}
}  // namespace

void CgroupPaths::look_up(const std::set<std::uint64_t>& ids) {
  std::erase_if(known_, [&ids](const auto& entry) { return !ids.contains(entry.first); });
  if (std::ranges::all_of(ids, [this](auto id) { return known_.contains(id); })) {
    return;
  }
  const auto found = [this, &ids](std::uint64_t id, const std::string& path) {
    if (ids.contains(id)) {
      known_[id] = path;
    }
  };

  struct stat top {};

  if (::stat(root_.c_str(), &top) == 0) {
    found(top.st_ino, "/");
    walk(root_, "", found);
  }
  for (const auto id : ids) {
    known_.try_emplace(id);
  }
}

std::string CgroupPaths::path(std::uint64_t id) const {
  const auto at = known_.find(id);
  return at != known_.end() ? at->second : std::string();
}

std::string unified_hierarchy() {
  const std::string hybrid = "/sys/fs/cgroup/unified";
  return ::access((hybrid + "/cgroup.procs").c_str(), F_OK) == 0 ? hybrid : "/sys/fs/cgroup";
}
}  // namespace checklist::observe
