// SPDX-License-Identifier: MIT
#include "observe/files/device_class_observer.hpp"

#include <system_error>
#include <utility>

#include <sys/inotify.h>

#include "observe/small_file.hpp"
#include "parse/device_classes.hpp"

namespace checklist::observe {
DeviceClassObserver::DeviceClassObserver(event::Loop& loop, Put<DeviceClassesKey> put,
                                         std::string file, std::string nodes)
    : SingleObserver(std::move(put)),
      loop_(loop),
      file_(std::move(file)),
      nodes_(std::move(nodes)),
      soon_(loop.deferred(event::Priority::io, [this] { look_again(); })) {}

void DeviceClassObserver::watch() {
  try {
    watch_ = loop_.inotify(nodes_, IN_CREATE | IN_DELETE | IN_MOVED_TO,
                           [this](std::uint32_t, const std::string&) { soon_.arm(); });
  } catch (const std::system_error&) {
    watch_ = event::Source();  // out of inotify watches: the resync rereads the file
  }
}

void DeviceClassObserver::unwatch() {
  watch_ = event::Source();
}

Observed<std::vector<DeviceClass>> DeviceClassObserver::look() {
  const auto text = small_file(file_);
  if (!text) {
    return Unseen{"own_sandbox", "cannot read " + file_,
                  "set ProcSubset=all in checklistd.service"};
  }
  return with_age(parse::device_classes(*text));
}

std::vector<DeviceClass> DeviceClassObserver::with_age(std::vector<DeviceClass> seen) {
  const auto last = std::exchange(last_look_, loop_.now());
  for (DeviceClass& each : seen) {
    each.absent = known_.try_emplace({each.block, each.name, each.major}, last).first->second;
  }
  return seen;
}
}  // namespace checklist::observe
