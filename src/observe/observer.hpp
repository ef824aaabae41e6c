// SPDX-License-Identifier: MIT
// The interface of observers. Each observes one source and puts one kind of fact; it knows neither
// checks nor the store.
#pragma once
#include <functional>
#include <set>
#include <vector>

#include "checklist/facts/store.hpp"

namespace checklist::observe {
// Receives observed facts. Called only from the loop, any number of times per key.
template <class Key>
using Put = std::function<void(const Key&, Observed<typename Key::Fact>)>;

template <class Key>
class Observer {
 public:
  virtual ~Observer() = default;
  // Replaces the followed keys. A fact, or Unseen, is put for every new key as soon as possible.
  virtual void follow(const std::set<Key>& keys) = 0;

  // Follows these keys besides the others. Returns false, and does nothing, if the observer needs
  // all keys at once.
  virtual bool follow_also(const std::vector<Key>& /*keys*/) { return false; }

  // Looks at all followed keys again: after a reload of the configuration and on the periodic
  // resync.
  virtual void look_again() = 0;
};
}  // namespace checklist::observe
