// SPDX-License-Identifier: MIT
// The proof that every kind of fact has an observer, at compile time.
#pragma once
#include <tuple>
#include <type_traits>

#include "checklist/facts/store.hpp"

#include "engine/observers.hpp"

namespace checklist::engine {
// Has each key of the slots as a base; two observers of one key are a duplicate base.
template <class Slots>
struct KeysOf;

template <class... Keys>
struct KeysOf<std::tuple<ObserverSlot<Keys>*...>> : std::type_identity<Keys>... {};

template <class Key, class Added>
constexpr void require_observer() {
  static_assert(std::is_base_of_v<std::type_identity<Key>, Added>,
                "a key of Facts has no observer: add one to Observers::add_all() in "
                "src/engine/observers.cpp");
}

template <class Added, class... Keys>
constexpr void require_observers(const FactStore<Keys...>* /*facts*/) {
  (require_observer<Keys, Added>(), ...);
}
}  // namespace checklist::engine
