// SPDX-License-Identifier: MIT
#include "observe/systemd/system_state_observer.hpp"

#include <utility>

namespace checklist::observe {
namespace {
using namespace std::chrono_literals;
constexpr Duration coalesce = 50ms;  // one call for a burst of jobs
}  // namespace

SystemStateObserver::SystemStateObserver(event::Loop& loop, Systemd& systemd,
                                         Put<SystemStateKey> put)
    : loop_(loop), systemd_(systemd), put_(std::move(put)), soon_(loop.timer([this] {
        is_soon_ = false;
        ask();
      })) {
  systemd_.attach(*this);
}

void SystemStateObserver::follow(const std::set<SystemStateKey>& keys) {
  followed_ = !keys.empty();
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
  ask();
}

void SystemStateObserver::gone(const Unseen& why) {
  if (followed_) {
    put_({}, why);
  }
}

void SystemStateObserver::job_removed(const std::string& /*unit*/, const std::string& /*result*/) {
  ask_soon();
}

void SystemStateObserver::ask_soon() {
  if (!std::exchange(is_soon_, true)) {
    soon_.arm_at(loop_.now() + coalesce);
  }
}

void SystemStateObserver::ask() {
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
      ask();
    }
    const auto* state = reply.body.empty() ? nullptr : reply.body[0].get<std::string>();
    if (state != nullptr) {
      put_({}, from_text<SystemState>(*state).value_or(SystemState::other));
    }
  });
}
}  // namespace checklist::observe
