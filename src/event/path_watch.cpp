// SPDX-License-Identifier: MIT
#include "event/path_watch.hpp"

#include <system_error>

#include <sys/inotify.h>

namespace checklist::observe {
namespace {
constexpr std::uint32_t anything = IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB |
                                   IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

std::string parent(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}
}  // namespace

PathWatch::PathWatch(event::Loop& loop, std::string path, std::function<void()> changed)
    : loop_(loop),
      path_(std::move(path)),
      changed_(std::move(changed)),
      soon_(loop.deferred(event::Priority::io, [this] {
        settle();
        changed_();
      })) {
  settle();
}

// Watches the nearest directory that exists. It is watched anew each time, because one of the same
// name may be another directory by now.
void PathWatch::settle() {
  watch_ = event::Source();
  for (std::string directory = parent(path_);; directory = parent(directory)) {
    try {
      watch_ = loop_.inotify(directory, anything,
                             [this, directory](std::uint32_t mask, const std::string& name) {
                               heard(directory, mask, name);
                             });
      return;
    } catch (const std::system_error&) {
      if (directory == "/") {
        return;  // no watch left in the system: the resync looks again
      }
    }
  }
}

// What happened to another name in the directory is nothing to us.
void PathWatch::heard(const std::string& directory, std::uint32_t mask, const std::string& name) {
  const std::string below = directory == "/" ? "/" + name : directory + '/' + name;
  const bool on_the_way = path_ == below || path_.starts_with(below + '/');
  if (name.empty() || on_the_way || (mask & IN_Q_OVERFLOW) != 0) {
    soon_.arm();
  }
}
}  // namespace checklist::observe
