// SPDX-License-Identifier: MIT
// Facts about any unit, and the first of them that could not be seen: what follows from several is
// unknown when one is missing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/view.hpp"

#include "semantics/property.hpp"

namespace checklist::semantics {
class Look {
 public:
  // Borrows the view for its own lifetime.
  explicit Look(View& see) : see_(see) {}

  [[nodiscard]] View& view() const { return see_; }

  // The fact; null when it is not there.
  template <class Key>
  const typename Key::Fact* at(const Key& key) {
    const auto& seen = see_[key];
    if (seen) {
      return &*seen;
    }
    if (!gap_) {
      gap_ = seen.unseen();
    }
    return nullptr;
  }

  std::vector<std::string> list(const std::string& unit, const std::string& property) {
    const Value* value = at(PropertyKey{unit, property});
    const auto* all = value != nullptr ? value->get<Values>() : nullptr;
    return all != nullptr ? texts(*all) : std::vector<std::string>();
  }

  std::string text(const std::string& unit, const std::string& property) {
    const Value* value = at(PropertyKey{unit, property});
    const auto* words = value != nullptr ? value->get<std::string>() : nullptr;
    return words != nullptr ? *words : std::string();
  }

  // The canonical name behind one that may be an alias.
  std::string id(const std::string& name) {
    const Unit* unit = at(UnitKey{name});
    return unit != nullptr && !unit->id.empty() ? unit->id : name;
  }

  // The first that could not be seen.
  [[nodiscard]] const std::optional<Unseen>& gap() const { return gap_; }

 private:
  View& see_;
  std::optional<Unseen> gap_;
};
}  // namespace checklist::semantics
