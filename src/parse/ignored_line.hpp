// SPDX-License-Identifier: MIT
// Converts a manager's journal entry about a line of a unit file that it ignored (log_syntax() in
// systemd's conf-parser.c).
#pragma once
#include <optional>
#include <set>
#include <string>

#include "checklist/facts/journal.hpp"

#include "parse/history_entry.hpp"

namespace checklist::parse {
namespace message {
inline constexpr std::string_view invalid_configuration = "c772d24e9a884cbeb9ea12625c306c01";
}  // namespace message

struct IgnoredLineEntry {
  std::set<std::string> units;  // as the manager names them; a template stands for its instances
  IgnoredLine line;
  bool operator==(const IgnoredLineEntry&) const = default;
};

// Returns nothing for other entries. The caller must have selected those of the manager, whose
// field `unit_field` names the units. Before journald runs, PID 1 writes to the kernel's log, where
// only the text has the file and line; the unit is then known by the file's name.
std::optional<IgnoredLineEntry> ignored_line(const JournalFields& fields,
                                             const std::string& unit_field);
}  // namespace checklist::parse
