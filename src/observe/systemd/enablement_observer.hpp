// SPDX-License-Identifier: MIT
// Reads unit file states with GetUnitFileState(), because the property UnitFileState is stale until
// a reload. A call costs PID 1 milliseconds; therefore it is made only when unit files may have
// changed, and for one unit at a time.
#pragma once
#include <deque>
#include <set>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class EnablementObserver : public Observer<EnablementKey>, public ManagerFollower {
 public:
  EnablementObserver(Systemd& systemd, Put<EnablementKey> put);

  void follow(const std::set<EnablementKey>& keys) override;
  void look_again() override;
  void resync() override;
  void gone(const Unseen& why) override;

  void calls_dropped() override { in_flight_ = false; }

  void unit_files_changed() override { look_again(); }

 private:
  void enqueue(const std::string& unit);
  void ask_next();

  Systemd& systemd_;
  Put<EnablementKey> put_;
  std::set<std::string> followed_;
  std::deque<std::string> queue_;
  // Reported missing once and to be confirmed: PID 1 also reports a unit file as missing while one
  // of its drop-ins is removed.
  std::set<std::string> unconfirmed_;
  bool in_flight_ = false;
};
}  // namespace checklist::observe
