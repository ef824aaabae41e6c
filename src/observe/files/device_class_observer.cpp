// SPDX-License-Identifier: MIT
#include "observe/files/device_class_observer.hpp"

#include <system_error>

#include <sys/inotify.h>

#include "observe/small_file.hpp"
#include "parse/device_classes.hpp"

namespace checklist::observe {
DeviceClassObserver::DeviceClassObserver(event::Loop& loop, Put<DeviceClassesKey> put,
                                         std::string file, std::string nodes)
    : loop_(loop),
      put_(std::move(put)),
      file_(std::move(file)),
      nodes_(std::move(nodes)),
      soon_(loop.deferred(event::Priority::io, [this] { look(); })) {}

void DeviceClassObserver::follow(const std::set<DeviceClassesKey>& keys) {
  if (keys.empty()) {
    watch_ = event::Source();
  } else if (!followed_) {
    try {
      watch_ = loop_.inotify(nodes_, IN_CREATE | IN_DELETE | IN_MOVED_TO,
                             [this](std::uint32_t, const std::string&) { soon_.arm(); });
    } catch (const std::system_error&) {
      watch_ = event::Source();  // no watch left in the system: the resync looks again
    }
    look();
  }
  followed_ = !keys.empty();
}

void DeviceClassObserver::look_again() {
  if (followed_) {
    look();
  }
}

void DeviceClassObserver::look() {
  const auto text = small_file(file_);
  put_({}, text ? Observed(parse::device_classes(*text))
                : Observed<std::vector<DeviceClass>>(
                      Unseen{"own_sandbox", file_ + " cannot be read",
                             "let checklistd.service see it: ProcSubset=all"}));
}
}  // namespace checklist::observe
