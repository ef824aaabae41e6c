// SPDX-License-Identifier: MIT
// Every unit of the manager that is failed, watched or not: a listing at the beginning and after a
// reload, then what the units' own signals say. Nothing is asked per event.
#pragma once
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd.hpp"

namespace checklist::observe {
class FailedUnitsObserver : public Observer<FailedUnitsKey>, public ManagerFollower {
 public:
  FailedUnitsObserver(Systemd& systemd, Put<FailedUnitsKey> put);

  void follow(const std::set<FailedUnitsKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;

  void forgotten() override { asked_ = false; }

  void unit_changed(const std::string& unit, const std::string& interface, const Dict& changed,
                    const Values& invalidated) override;
  void unit_came_or_went(const std::string& unit) override;

 private:
  void heard(const std::string& unit, bool is_failed);
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
