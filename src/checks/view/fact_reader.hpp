// SPDX-License-Identifier: MIT
// Reads facts about any unit and remembers the first that could not be seen: a conclusion from
// several facts is unknown if one of them is missing.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/view.hpp"

namespace checklist::checks {
class FactReader {
 public:
  // Borrows the view for its own lifetime.
  explicit FactReader(View& see) : see_(see) {}

  [[nodiscard]] View& view() const { return see_; }

  // Returns the fact, or null if it is pending or unseen.
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

  // Remembers that something else could not be seen.
  void miss(const Unseen& why) { gap_ = gap_.value_or(why); }

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

  // Returns the canonical name of a unit that may be named by an alias.
  std::string id(const std::string& name) {
    const Unit* unit = at(UnitKey{name});
    return unit != nullptr && !unit->id.empty() ? unit->id : name;
  }

  // Returns why the first fact that was missing could not be seen; nothing if none was.
  [[nodiscard]] const std::optional<Unseen>& gap() const { return gap_; }

 private:
  View& see_;
  std::optional<Unseen> gap_;
};
}  // namespace checklist::checks
