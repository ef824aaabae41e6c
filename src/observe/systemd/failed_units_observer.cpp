// SPDX-License-Identifier: MIT
#include "observe/systemd/failed_units_observer.hpp"

#include <utility>

namespace checklist::observe {
FailedUnitsObserver::FailedUnitsObserver(Systemd& systemd, Put<FailedUnitsKey> put)
    : systemd_(systemd), put_(std::move(put)) {
  systemd_.attach(*this);
}

void FailedUnitsObserver::follow(const std::set<FailedUnitsKey>& keys) {
  followed_ = !keys.empty();
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
  look_again();
}

void FailedUnitsObserver::gone(const Unseen& why) {
  known_ = false;
  if (followed_) {
    put_({}, why);
  }
}

void FailedUnitsObserver::look_again() {
  if (!followed_ || !systemd_.up()) {
    return;
  }
  if (std::exchange(asked_, true)) {
    again_ = true;
    return;
  }
  systemd_.call("ListUnitsFiltered", {Value{Values{Value{std::string("failed")}}}},
                [this](const bus::Reply& reply) { listed(reply); });
}

// PID 1 sends in order: the reply includes the state of all previous signals.
void FailedUnitsObserver::listed(const bus::Reply& reply) {
  asked_ = false;
  if (std::exchange(again_, false)) {
    look_again();
    return;
  }
  const auto* units = at<Values>(reply.body, 0);
  if (units == nullptr) {
    put_({}, Unseen{"bus", "cannot list failed units: " + reply.message, ""});
    return;
  }
  failed_.clear();
  for (const Value& unit : *units) {
    const auto* row = unit.get<Values>();
    failed_.insert(row != nullptr ? text_at(*row, 0) : std::string());
  }
  failed_.erase("");
  known_ = true;
  put_({}, failed_);
}

void FailedUnitsObserver::unit_changed(const std::string& unit, const std::string& /*interface*/,
                                       const Dict& changed, const Values& /*invalidated*/) {
  const auto* active = at<std::string>(changed, "ActiveState");
  if (active != nullptr && *active == "failed") {
    add_failed(unit);
  } else if (active != nullptr) {
    remove_failed(unit);
  }
}

// A failed unit stays loaded until it is reset (systemctl reset-failed).
void FailedUnitsObserver::unit_loaded_or_unloaded(const std::string& unit) {
  remove_failed(unit);
}

void FailedUnitsObserver::add_failed(const std::string& unit) {
  if (!failed_.contains(unit)) {
    look_again();
  }
}

void FailedUnitsObserver::remove_failed(const std::string& unit) {
  if (failed_.erase(unit) > 0 && followed_ && known_) {
    put_({}, failed_);
  }
}
}  // namespace checklist::observe
