// SPDX-License-Identifier: MIT
#include "observe/proc/freezer_watch.hpp"

#include <system_error>

#include <sys/inotify.h>
#include <sys/stat.h>

namespace checklist::observe {
FreezerWatch::FreezerWatch(event::Loop& loop, std::string cgroup_root,
                           std::function<void(const std::string&)> changed)
    : loop_(loop), cgroup_root_(std::move(cgroup_root)), changed_(std::move(changed)) {}

// A watch gets no event when its cgroup is removed, so the inode numbers are compared.
void FreezerWatch::place(const std::string& unit, const std::string& cgroup) {
  const std::string events = cgroup_root_ + cgroup + "/cgroup.events";

  struct stat status {};

  if (cgroup.empty() || ::stat(events.c_str(), &status) != 0) {
    watches_.erase(unit);  // no processes, or a cgroup without this file
    return;
  }
  const auto known = watches_.find(unit);
  if (known != watches_.end() && known->second.inode == status.st_ino) {
    return;
  }
  try {
    watches_.insert_or_assign(
        unit,
        Watch{status.st_ino, loop_.inotify(events, IN_MODIFY,
                                           [this, unit](auto, const auto&) { changed_(unit); })});
    changed_(unit);
  } catch (const std::system_error&) {
    watches_.erase(unit);  // removed meanwhile, or out of inotify watches: the resync tries again
  }
}
}  // namespace checklist::observe
