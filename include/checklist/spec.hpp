// SPDX-License-Identifier: MIT
// A spec: what one unit is expected to do. Each spec is one file.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "checklist/names.hpp"
#include "checklist/time.hpp"
#include "checklist/value.hpp"

namespace checklist {
enum class Severity { critical, warning, info };  // the most severe first
template <>
inline constexpr auto names<Severity> = names_of<Severity>({{Severity::critical, "critical"},
                                                            {Severity::warning, "warning"},
                                                            {Severity::info, "info"}});

// What a failing check is about: `symptom`, what people notice, or `posture`, what may hurt later.
enum class CheckClass { symptom, posture };
template <>
inline constexpr auto names<CheckClass> = names_of<CheckClass>({{CheckClass::symptom, "symptom"},
                                                                {CheckClass::posture, "posture"}});

struct Spec {
  std::string unit;  // as the file spells it; it may be an alias
  std::string user;  // the user whose manager runs the unit; empty: the system manager
  std::string group;
  bool enabled = true;
  Severity severity = Severity::warning;
  std::map<std::string, Severity, std::less<>> severities{};  // given for single checks
  Duration settle = std::chrono::seconds{30};
  std::map<std::string, Dict, std::less<>> checks;  // the arguments given, by check
  std::set<std::string, std::less<>> switched_off;  // checks given as `false`
  std::string file;                                 // the path it was read from
  bool operator==(const Spec&) const = default;
};

// Returns the severity of a check's failure: what the spec says of the check; otherwise the unit's,
// but at most a warning for a posture.
inline Severity severity_of(const Spec& spec, std::string_view check, CheckClass kind) {
  const auto given = spec.severities.find(check);
  if (given != spec.severities.end()) {
    return given->second;
  }
  return kind == CheckClass::symptom ? spec.severity : std::max(spec.severity, Severity::warning);
}
}  // namespace checklist
