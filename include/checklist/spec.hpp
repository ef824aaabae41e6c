// SPDX-License-Identifier: MIT
// A spec: what one unit is expected to do. Each spec is one file.
#pragma once
#include <set>
#include <string>

#include "checklist/names.hpp"
#include "checklist/time.hpp"
#include "checklist/value.hpp"

namespace checklist {
enum class Severity { critical, warning, info };
template <>
inline constexpr auto names<Severity> = names_of<Severity>({{Severity::critical, "critical"},
                                                            {Severity::warning, "warning"},
                                                            {Severity::info, "info"}});

struct Spec {
  std::string unit;  // as the file spells it; it may be an alias
  std::string user;  // the user whose manager runs the unit; empty: the system manager
  std::string group;
  bool enabled = true;
  Severity severity = Severity::warning;
  Duration settle = std::chrono::seconds{30};
  std::map<std::string, Dict, std::less<>> checks;  // the arguments given, by check
  std::set<std::string, std::less<>> switched_off;  // checks given as `false`
  std::string file;                                 // the path it was read from
  bool operator==(const Spec&) const = default;
};
}  // namespace checklist
