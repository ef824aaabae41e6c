// SPDX-License-Identifier: MIT
// A unit's files on disk as text, to recognise later that they changed.
#pragma once
#include <string>
#include <vector>

#include "checklist/facts/unit_files.hpp"

namespace checklist::semantics {
// Returns a line for each file: its path, the path it resolves to, and when that was modified.
inline std::vector<std::string> definition_lines(const Definition& definition) {
  std::vector<std::string> out;
  for (const DefinitionFile& file : definition.on_disk) {
    out.push_back(file.path + " " + file.target + " " +
                  std::to_string(file.modified.time_since_epoch().count()));
  }
  return out;
}
}  // namespace checklist::semantics
