// SPDX-License-Identifier: MIT
// Observes whether a user's manager starts at boot: logind's file for the user in
// /var/lib/systemd/linger (loginctl(1), enable-linger).
#pragma once
#include <string>

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/path_observer.hpp"

namespace checklist::observe {
class LingerObserver : public PathObserver<LingerKey, event::PathWatch> {
 public:
  // `root` is prepended to every path; empty outside tests.
  LingerObserver(event::Loop& loop, Put<LingerKey> put, std::string root = "");
};
}  // namespace checklist::observe
