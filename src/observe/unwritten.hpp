// SPDX-License-Identifier: MIT
// Stands in for an observer that is not written yet: every key is unseen.
#pragma once
#include <set>
#include <utility>

#include "observe/observer.hpp"

namespace checklist::observe {
template <class Key>
class Unwritten : public Observer<Key> {
 public:
  explicit Unwritten(Put<Key> put) : put_(std::move(put)) {}

  void follow(const std::set<Key>& keys) override {
    for (const Key& key : keys) {
      put_(key, Unseen{"unsupported", "not observed", ""});
    }
  }

  void look_again() override {}

 private:
  Put<Key> put_;
};
}  // namespace checklist::observe
