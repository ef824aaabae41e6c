// SPDX-License-Identifier: MIT
// Maps canonical unit names to the followed names, because signals carry the canonical name only.
#pragma once
#include <map>
#include <set>
#include <string>

namespace checklist::observe {
class Aliases {
 public:
  // Makes `name` refer to `unit`; a name refers to one unit at a time.
  void point(const std::string& name, const std::string& unit) {
    drop(name);
    unit_of_[name] = unit;
    names_of_[unit].insert(name);
  }

  void drop(const std::string& name) {
    const auto unit = unit_of_.extract(name);
    if (unit.empty()) {
      return;
    }
    const auto names = names_of_.find(unit.mapped());
    names->second.erase(name);
    if (names->second.empty()) {
      names_of_.erase(names);
    }
  }

  [[nodiscard]] std::set<std::string> of(const std::string& unit) const {
    const auto names = names_of_.find(unit);
    return names != names_of_.end() ? names->second : std::set<std::string>();
  }

 private:
  std::map<std::string, std::string> unit_of_;
  std::map<std::string, std::set<std::string>> names_of_;
};
}  // namespace checklist::observe
