// SPDX-License-Identifier: MIT
// The manager's SystemState, for which there is no signal: it is read after jobs, after changes of
// units and when the start is finished.
#pragma once
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class SystemStateObserver : public Observer<SystemStateKey>, public ManagerFollower {
 public:
  SystemStateObserver(event::Loop& loop, Systemd& systemd, Put<SystemStateKey> put);

  void follow(const std::set<SystemStateKey>& keys) override;

  void look_again() override { ask(); }

  void resync() override { ask(); }

  void gone(const Unseen& why) override;

  void calls_dropped() override { is_asked_ = ask_again_ = false; }

  void job_removed(const std::string& unit, const std::string& result) override;

  void startup_finished() override { ask(); }

  // Must be called when a unit's state changes: SystemState may have become degraded or running.
  void unit_turned() { ask_soon(); }

 private:
  void ask_soon();
  void ask();

  event::Loop& loop_;
  Systemd& systemd_;
  Put<SystemStateKey> put_;
  event::Source soon_;
  bool is_soon_ = false;
  bool is_asked_ = false;   // a query is in flight
  bool ask_again_ = false;  // something happened meanwhile
  bool followed_ = false;
};
}  // namespace checklist::observe
