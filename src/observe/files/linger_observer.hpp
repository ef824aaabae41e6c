// SPDX-License-Identifier: MIT
// Whether a user's manager starts at boot: logind's mark in /var/lib/systemd/linger.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class LingerObserver : public Observer<LingerKey> {
 public:
  // `root` is put before every path; "/" in earnest.
  LingerObserver(event::Loop& loop, Put<LingerKey> put, std::string root = "/");

  void follow(const std::set<LingerKey>& keys) override;
  void look_again() override;

 private:
  void look(const LingerKey& key);

  event::Loop& loop_;
  Put<LingerKey> put_;
  std::string root_;
  std::map<LingerKey, std::unique_ptr<PathWatch>> followed_;
};
}  // namespace checklist::observe
