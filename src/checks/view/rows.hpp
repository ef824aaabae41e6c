// SPDX-License-Identifier: MIT
// Properties that are lists of structs, as BindPaths= (org.freedesktop.systemd1(5)).
#pragma once
#include <string>
#include <vector>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// Returns the rows of the property; none if it is not a list of structs.
inline std::vector<Values> rows(FactReader& look, const std::string& unit,
                                const std::string& property) {
  const Value* value = look.at(PropertyKey{unit, property});
  const auto* list = value != nullptr ? value->get<Values>() : nullptr;
  std::vector<Values> out;
  for (const Value& each : list != nullptr ? *list : Values{}) {
    if (const auto* row = each.get<Values>()) {
      out.push_back(*row);
    }
  }
  return out;
}

// Returns the text at that place of a row; empty if there is none.
inline std::string word(const Values& row, std::size_t at) {
  const auto* text = at < row.size() ? row[at].get<std::string>() : nullptr;
  return text != nullptr ? *text : std::string();
}
}  // namespace checklist::checks
