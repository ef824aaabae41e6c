// SPDX-License-Identifier: MIT
// The units that had a spec when we last ran, as whoever keeps the state file tells.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "observe/observer.hpp"

namespace checklist::observe {
class KnownSpecsObserver : public Observer<KnownSpecsKey> {
 public:
  explicit KnownSpecsObserver(Put<KnownSpecsKey> put) : put_(std::move(put)) {}

  // Under semantics::spec_name() of each spec: whether it was enabled.
  void know(std::map<std::string, bool> specs) {
    specs_ = std::move(specs);
    look_again();
  }

  void follow(const std::set<KnownSpecsKey>& keys) override {
    followed_ = !keys.empty();
    look_again();
  }

  void look_again() override {
    if (followed_) {
      put_({}, specs_);
    }
  }

 private:
  Put<KnownSpecsKey> put_;
  std::map<std::string, bool> specs_;
  bool followed_ = false;
};
}  // namespace checklist::observe
