// SPDX-License-Identifier: MIT
// The manager itself: version, unit search path, default.target and when it began what.
#pragma once
#include <optional>
#include <string>

#include "observe/observer.hpp"
#include "observe/systemd/systemd.hpp"

namespace checklist::observe {
class HostObserver : public Observer<HostKey>, public ManagerFollower {
 public:
  HostObserver(Systemd& systemd, Put<HostKey> put);

  void follow(const std::set<HostKey>& keys) override;
  void look_again() override;

  void resync() override { look_again(); }

  void gone(const Unseen& why) override;
  void startup_finished() override;

 private:
  void ask_moment(const char* property, std::optional<TimePoint> Host::*member);
  void ask_finished();

  Systemd& systemd_;
  Put<HostKey> put_;
  bool followed_ = false;
  bool complete_ = false;
  Host host_;
};
}  // namespace checklist::observe
