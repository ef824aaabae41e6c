// SPDX-License-Identifier: MIT
// The kernel's limit for the queue of a listener, read again on the resync.
#pragma once
#include <string>

#include "observe/observer.hpp"

namespace checklist::observe {
class BacklogLimitObserver : public Observer<BacklogLimitKey> {
 public:
  explicit BacklogLimitObserver(Put<BacklogLimitKey> put, std::string root = "");

  void follow(const std::set<BacklogLimitKey>& keys) override;
  void look_again() override;

 private:
  Put<BacklogLimitKey> put_;
  std::string root_;
  bool followed_ = false;
};
}  // namespace checklist::observe
