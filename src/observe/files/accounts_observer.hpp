// SPDX-License-Identifier: MIT
// Observes the users and groups in /etc/passwd and /etc/group, and whether other sources may define
// more. Does not use getpwnam(3): for unknown names nss-systemd(8) asks PID 1, which does not
// respond during a daemon-reload.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "event/loop.hpp"
#include "observe/files/symlink_chain.hpp"
#include "observe/single_observer.hpp"

namespace checklist::observe {
class AccountsObserver : public SingleObserver<AccountsKey> {
 public:
  // `root` is prepended to every path; empty outside tests.
  AccountsObserver(event::Loop& loop, Put<AccountsKey> put, const std::string& root = "");

 private:
  Observed<Accounts> look() override;
  void watch() override;
  void unwatch() override;
  [[nodiscard]] bool is_complete() const;

  event::Loop& loop_;
  std::string root_;
  std::string passwd_;
  std::string group_;
  std::string nsswitch_;
  std::vector<std::unique_ptr<SymlinkChainWatch>> watches_;
};
}  // namespace checklist::observe
