// SPDX-License-Identifier: MIT
#include "observe/systemd/host_observer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "observe/journal/this_boot.hpp"

namespace checklist::observe {
namespace {
template <class T>
std::optional<T> as(const Value& value) {
  const T* held = value.get<T>();
  return held != nullptr ? std::optional(*held) : std::nullopt;
}

template <class T>
std::optional<T> answer(const bus::Reply& reply) {
  return reply.body.empty() ? std::nullopt : as<T>(reply.body[0]);
}
}  // namespace

HostObserver::HostObserver(Systemd& systemd, Put<HostKey> put)
    : systemd_(systemd), put_(std::move(put)) {
  host_.boot_id = this_boot().id;
  systemd_.attach(*this);
}

void HostObserver::follow(const std::set<HostKey>& keys) {
  followed_ = !keys.empty();
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
  look_again();
}

void HostObserver::gone(const Unseen& why) {
  if (followed_) {
    put_({}, why);
  }
}

void HostObserver::look_again() {
  if (!followed_ || !systemd_.up()) {
    return;
  }
  const auto text_into = [this](std::string Host::*member) {
    return [this, member](const bus::Reply& reply) {
      host_.*member = answer<std::string>(reply).value_or("");
    };
  };
  systemd_.get(manager_path, manager_interface, "Version", text_into(&Host::version));
  systemd_.get(bus::escaped_path(units_path, "default.target"), unit_interface, "Id",
               text_into(&Host::default_target));
  ask_moment("UserspaceTimestampMonotonic", &Host::began);
  ask_moment("UnitsLoadTimestampMonotonic", &Host::loaded);
  systemd_.get(manager_path, manager_interface, "UnitPath", [this](const bus::Reply& reply) {
    host_.unit_path.clear();
    for (const Value& path : answer<Values>(reply).value_or(Values{})) {
      host_.unit_path.push_back(as<std::string>(path).value_or(""));
    }
    complete_ = true;  // replies arrive in the order of the calls
  });
  ask_finished();
}

void HostObserver::ask_moment(const char* property, std::optional<TimePoint> Host::*member) {
  systemd_.get(manager_path, manager_interface, property, [this, member](const bus::Reply& reply) {
    const auto usec = answer<std::uint64_t>(reply).value_or(0);
    host_.*member = is_set(usec) ? std::optional(monotonic(usec)) : std::nullopt;
    if (member == &Host::finished && complete_) {  // the last of those that are read together
      put_({}, host_);
    }
  });
}

void HostObserver::ask_finished() {
  ask_moment("FinishTimestampMonotonic", &Host::finished);
}

void HostObserver::startup_finished() {
  if (followed_ && systemd_.up()) {
    ask_finished();
  }
}
}  // namespace checklist::observe
