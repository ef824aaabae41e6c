// SPDX-License-Identifier: MIT
#include "ctl/logs/journal_arguments.hpp"

#include <algorithm>

namespace checklist::ctl {
namespace {
using Words = std::vector<std::string>;

// Returns what --unit and --user-unit stand for: messages of the unit's processes, of its manager
// about it, and of others about it, as those of a coredump.
Words fields(const LoggingUnit& unit) {
  if (!unit.user) {
    return {"_SYSTEMD_UNIT=" + unit.unit,
            "+",
            "UNIT=" + unit.unit,
            "_PID=1",
            "+",
            "OBJECT_SYSTEMD_UNIT=" + unit.unit,
            "_UID=0",
            "+",
            "COREDUMP_UNIT=" + unit.unit,
            "_UID=0"};
  }
  const std::string uid = "_UID=" + std::to_string(*unit.user);
  return {"_SYSTEMD_USER_UNIT=" + unit.unit, uid,     "+", "USER_UNIT=" + unit.unit, uid, "+",
          "COREDUMP_USER_UNIT=" + unit.unit, "_UID=0"};
}

void add_fields(Words& out, const std::vector<LoggingUnit>& units) {
  for (const LoggingUnit& unit : units) {
    if (&unit != &units.front()) {
      out.emplace_back("+");
    }
    const Words words = fields(unit);
    out.insert(out.end(), words.begin(), words.end());
  }
}
}  // namespace

std::vector<std::string> journal_arguments(const std::vector<LoggingUnit>& units,
                                           const LogOptions& options, uid_t caller) {
  Words out{"journalctl", "--boot=" + options.boot};
  if (options.follow) {
    out.emplace_back("--follow");
  }
  if (!options.lines.empty()) {
    out.push_back("--lines=" + options.lines);
  }
  if (!options.since.empty()) {
    out.push_back("--since=" + options.since);
  }
  const bool others = std::ranges::any_of(
      units, [caller](const LoggingUnit& each) { return each.user.value_or(caller) != caller; });
  if (others) {
    add_fields(out, units);
    return out;
  }
  for (const LoggingUnit& each : units) {
    out.push_back((each.user ? "--user-unit=" : "--unit=") + each.unit);
  }
  return out;
}
}  // namespace checklist::ctl
