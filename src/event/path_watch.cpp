// SPDX-License-Identifier: MIT
#include "event/path_watch.hpp"

#include <system_error>

#include <sys/inotify.h>

namespace checklist::event {
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
        watch_nearest();
        changed_();
      })) {
  watch_nearest();
}

// Called after every event, because the directory may have been replaced by one of the same name.
void PathWatch::watch_nearest() {
  watch_ = event::Source();
  for (std::string directory = parent(path_);; directory = parent(directory)) {
    try {
      watch_ = loop_.inotify(directory, anything,
                             [this, directory](std::uint32_t mask, const std::string& name) {
                               on_event(directory, mask, name);
                             });
      return;
    } catch (const std::system_error&) {
      if (directory == "/") {
        return;  // out of watches: the resync notices the change
      }
    }
  }
}

// Ignores events of other entries in the directory.
void PathWatch::on_event(const std::string& directory, std::uint32_t mask,
                         const std::string& name) {
  const std::string below = directory == "/" ? "/" + name : directory + '/' + name;
  const bool on_the_way = path_ == below || path_.starts_with(below + '/');
  if (name.empty() || on_the_way || (mask & IN_Q_OVERFLOW) != 0) {
    soon_.arm();
  }
}
}  // namespace checklist::event
