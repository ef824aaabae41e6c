// SPDX-License-Identifier: MIT
// One source, one kind of fact. An observer knows no check and no store.
#pragma once
#include <functional>
#include <set>

#include "checklist/facts/store.hpp"

namespace checklist::observe {
// Where an observer puts what it saw. Called from the loop only, any number of times for a key.
template <class Key>
using Put = std::function<void(const Key&, Observed<typename Key::Fact>)>;

template <class Key>
class Observer {
 public:
  virtual ~Observer() = default;
  // Exactly these from now on. A key that is new is answered as soon as possible, also with Unseen.
  virtual void follow(const std::set<Key>& keys) = 0;
  // Looks at everything followed again: after a reload of the configuration, on the slow resync.
  virtual void look_again() = 0;
};
}  // namespace checklist::observe
