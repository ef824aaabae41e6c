// SPDX-License-Identifier: MIT
// Every unit of the manager that is failed, watched or not: a listing at the beginning, after a
// reload and when one says that it failed, because a unit that restarts by itself says so, too, and
// is on its way up again when PID 1 is asked. That one is well again its own signals say.
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
  bool known_ = false;  // the listing is there
  bool asked_ = false;  // its answer is on the way
  bool again_ = false;  // it was asked for meanwhile
  std::set<std::string> failed_;
};
}  // namespace checklist::observe
