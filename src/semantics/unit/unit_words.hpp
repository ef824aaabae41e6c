// SPDX-License-Identifier: MIT
// Directives of unit files that name other units: Wants=, Requires=, After= and similar ones.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checklist/facts/unit_files.hpp"

namespace checklist::semantics {
// Returns whether the directive's value names `unit`. Specifiers are resolved for `owner`, the unit
// that has the directive (systemd.unit(5), "SPECIFIERS"); one that needs more than its name matches
// any text.
bool names_unit(std::string_view value, std::string_view owner, std::string_view unit);

// Returns whether a file of `owner` names `unit` in its [Unit] section. An empty assignment removes
// nothing: dependencies can only be added (systemd.unit(5), "drop-in").
bool names_unit(const UnitFile& file, std::string_view key, std::string_view owner,
                std::string_view unit);

// The units that files of `owner` name in one directive, for many questions about them.
class NamedUnits {
 public:
  void add(const UnitFile& file, std::string_view key, std::string_view owner);
  [[nodiscard]] bool contains(std::string_view unit) const;

 private:
  std::set<std::string, std::less<>> names_;
  std::vector<std::string> patterns_;
};
}  // namespace checklist::semantics
