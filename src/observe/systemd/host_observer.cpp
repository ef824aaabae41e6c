// SPDX-License-Identifier: MIT
#include "observe/systemd/host_observer.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "observe/journal/this_boot.hpp"

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration coalesce = 50ms;  // one call for a burst of jobs

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

HostObserver::HostObserver(event::Loop& loop, Systemd& systemd, Put<HostKey> put)
    : loop_(loop), systemd_(systemd), put_(std::move(put)), soon_(loop.timer([this] {
        is_soon_ = false;
        ask_state();
      })) {
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

void HostObserver::job_removed(const std::string& /*unit*/, const std::string& /*result*/) {
  ask_soon();
}

void HostObserver::ask_soon() {
  if (!std::exchange(is_soon_, true)) {
    soon_.arm_at(loop_.now() + coalesce);
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
  ask_moment("FinishTimestampMonotonic", &Host::finished);
  systemd_.get(manager_path, manager_interface, "UnitPath", [this](const bus::Reply& reply) {
    host_.unit_path.clear();
    for (const Value& path : answer<Values>(reply).value_or(Values{})) {
      host_.unit_path.push_back(as<std::string>(path).value_or(""));
    }
    complete_ = true;  // replies arrive in the order of the calls
  });
  ask_state();
}

void HostObserver::ask_moment(const char* property, std::optional<TimePoint> Host::*member) {
  systemd_.get(manager_path, manager_interface, property, [this, member](const bus::Reply& reply) {
    const auto usec = answer<std::uint64_t>(reply).value_or(0);
    host_.*member = is_set(usec) ? std::optional(monotonic(usec)) : std::nullopt;
  });
}

void HostObserver::startup_finished() {
  if (followed_ && systemd_.up()) {
    ask_moment("FinishTimestampMonotonic", &Host::finished);
  }
  ask_state();
}

void HostObserver::ask_state() {
  if (!followed_ || !systemd_.up()) {
    return;
  }
  if (std::exchange(is_asked_, true)) {
    ask_again_ = true;
    return;
  }
  systemd_.get(manager_path, manager_interface, "SystemState", [this](const bus::Reply& reply) {
    is_asked_ = false;
    if (std::exchange(ask_again_, false)) {
      ask_state();
    }
    const auto state = answer<std::string>(reply);
    if (state && complete_) {
      host_.state = from_text<SystemState>(*state).value_or(SystemState::other);
      put_({}, host_);
    }
  });
}
}  // namespace checklist::observe
