// SPDX-License-Identifier: MIT
// Users and groups as /etc/passwd and /etc/group have them, and whether there may be more. The name
// service is not asked: for a name that nobody has it asks PID 1 (nss-systemd(8)), which is silent
// while it reloads.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/files/path_trail.hpp"
#include "observe/observer.hpp"

namespace checklist::observe {
class AccountsObserver : public Observer<AccountsKey> {
 public:
  // `root` is put before all paths; "/" in earnest.
  AccountsObserver(event::Loop& loop, Put<AccountsKey> put, const std::string& root = "/");

  void follow(const std::set<AccountsKey>& keys) override;
  void look_again() override;

 private:
  event::Loop& loop_;
  Put<AccountsKey> put_;
  [[nodiscard]] bool is_complete() const;

  std::string root_;
  std::string passwd_;
  std::string group_;
  std::string nsswitch_;
  std::vector<std::unique_ptr<PathTrail>> trails_;  // none: nobody asks
};
}  // namespace checklist::observe
