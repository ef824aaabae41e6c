// SPDX-License-Identifier: MIT
// Observes a kind of fact that has a single key, such as the wall clock or the machine's size.
#pragma once
#include <set>
#include <utility>

#include "observe/observer.hpp"

namespace checklist::observe {
template <class Key>
class SingleObserver : public Observer<Key> {
 public:
  void follow(const std::set<Key>& keys) final {
    const bool was_followed = std::exchange(followed_, !keys.empty());
    if (followed_ && !was_followed) {
      watch();
      look_again();
    } else if (!followed_ && was_followed) {
      unwatch();
    }
  }

  void look_again() final {
    if (followed_) {
      put_({}, look());
    }
  }

 protected:
  explicit SingleObserver(Put<Key> put) : put_(std::move(put)) {}

  [[nodiscard]] bool is_followed() const { return followed_; }

  // Returns the fact as it is now.
  virtual Observed<typename Key::Fact> look() = 0;

  // Called before the first look, and when the key is no longer asked for.
  virtual void watch() {}

  virtual void unwatch() {}

 private:
  Put<Key> put_;
  bool followed_ = false;
};
}  // namespace checklist::observe
