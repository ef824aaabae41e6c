// SPDX-License-Identifier: MIT
#include "observe/systemd/enablement_observer.hpp"

#include <algorithm>

#include "semantics/unit/unit_name.hpp"

namespace checklist::observe {
EnablementObserver::EnablementObserver(Systemd& systemd, Put<EnablementKey> put)
    : systemd_(systemd), put_(std::move(put)) {
  systemd_.attach(*this);
}

void EnablementObserver::follow(const std::set<EnablementKey>& keys) {
  std::erase_if(followed_, [&](const auto& unit) { return !keys.contains({unit}); });
  for (const EnablementKey& key : keys) {
    if (semantics::name_error(key.unit)) {
      put_(key, Unseen{"unsupported", "'" + key.unit + "' is not a unit name", ""});
    } else if (followed_.insert(key.unit).second) {
      enqueue(key.unit);
    }
  }
  if (systemd_.lost()) {
    gone(*systemd_.lost());
  }
  ask_next();
}

void EnablementObserver::look_again() {
  std::ranges::for_each(followed_, [this](const auto& unit) { enqueue(unit); });
  ask_next();
}

void EnablementObserver::resync() {
  look_again();
}

void EnablementObserver::gone(const Unseen& why) {
  std::ranges::for_each(followed_, [&](const auto& unit) { put_({unit}, why); });
}

void EnablementObserver::enqueue(const std::string& unit) {
  if (std::ranges::find(queue_, unit) == queue_.end()) {
    queue_.push_back(unit);
  }
}

void EnablementObserver::ask_next() {
  if (in_flight_ || queue_.empty() || !systemd_.up()) {
    return;
  }
  const std::string unit = queue_.front();
  queue_.pop_front();
  in_flight_ = true;
  systemd_.call("GetUnitFileState", {Value{unit}}, [this, unit](const bus::Reply& reply) {
    in_flight_ = false;
    const auto* state = reply.body.empty() ? nullptr : reply.body[0].get<std::string>();
    const bool is_missing =
        reply.error.ends_with("NoSuchUnit") || reply.error.ends_with("FileNotFound");
    if (is_missing && unconfirmed_.insert(unit).second) {
      queue_.push_front(unit);
      ask_next();
      return;
    }
    unconfirmed_.erase(unit);
    if (!followed_.contains(unit)) {
      ask_next();
      return;
    }
    if (state != nullptr) {
      put_({unit}, *state);
    } else if (is_missing) {
      put_({unit}, std::string("not-found"));
    } else {
      const bool is_loop = reply.error.ends_with("ELOOP");
      put_({unit},
           Unseen{"bus", "cannot read the unit file state of " + unit + ": " + reply.message,
                  is_loop ? "correct the links named " + unit + ", which lead to each other" : ""});
    }
    ask_next();
  });
}
}  // namespace checklist::observe
