// SPDX-License-Identifier: MIT
// The manager's own state: SystemState, for which there is no signal, version, unit search path and
// default.target.
#pragma once
#include <optional>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class HostObserver : public Observer<HostKey>, public ManagerFollower {
 public:
  HostObserver(event::Loop& loop, Systemd& systemd, Put<HostKey> put);

  void follow(const std::set<HostKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;

  void calls_dropped() override { is_asked_ = ask_again_ = false; }

  void job_removed(const std::string& unit, const std::string& result) override;

  void startup_finished() override;

  // Must be called when a unit's state changes: SystemState may have become degraded or running.
  void unit_turned() { ask_soon(); }

 private:
  void ask_soon();
  void ask_state();
  void ask_moment(const char* property, std::optional<TimePoint> Host::*member);

  event::Loop& loop_;
  Systemd& systemd_;
  Put<HostKey> put_;
  event::Source soon_;
  bool is_soon_ = false;
  bool is_asked_ = false;   // for the state; a query is in flight
  bool ask_again_ = false;  // something happened meanwhile
  bool followed_ = false;
  bool complete_ = false;
  Host host_;
};
}  // namespace checklist::observe
