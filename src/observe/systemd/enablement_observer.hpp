// SPDX-License-Identifier: MIT
// Unit file states by GetUnitFileState(): the property of the same meaning is stale until a reload.
// It costs PID 1 some milliseconds, so it is asked only when something may have changed, and one at
// a time.
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

  void unit_files_changed() override { look_again(); }

 private:
  void enqueue(const std::string& unit);
  void ask_next();

  Systemd& systemd_;
  Put<EnablementKey> put_;
  std::set<std::string> followed_;
  std::deque<std::string> queue_;
  // Said to be missing once: PID 1 says so, too, where a drop-in is removed while it reads them.
  std::set<std::string> doubted_;
  bool in_flight_ = false;
};
}  // namespace checklist::observe
