// SPDX-License-Identifier: MIT
// All failed units of the manager. They are listed at start, after a reload and when a unit reports
// a failure: a unit with Restart= also reports one, but is starting again when PID 1 answers. A
// recovery is taken from the unit's signals.
#pragma once
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class FailedUnitsObserver : public Observer<FailedUnitsKey>, public ManagerFollower {
 public:
  FailedUnitsObserver(Systemd& systemd, Put<FailedUnitsKey> put);

  void follow(const std::set<FailedUnitsKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;

  void calls_dropped() override { asked_ = false; }

  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;
  void unit_loaded_or_unloaded(const std::string& unit) override;

 private:
  void add_failed(const std::string& unit);
  void remove_failed(const std::string& unit);
  void listed(const bus::Reply& reply);

  Systemd& systemd_;
  Put<FailedUnitsKey> put_;
  bool followed_ = false;
  bool known_ = false;  // listed at least once
  bool asked_ = false;  // a listing is in flight
  bool again_ = false;  // another listing must follow
  std::set<std::string> failed_;
};
}  // namespace checklist::observe
