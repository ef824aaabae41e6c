// SPDX-License-Identifier: MIT
// Whether ld.so(8) finds and can load the shared libraries of a program, as the processes of a
// unit see them.
#pragma once
#include <optional>
#include <string>

#include "checklist/facts/files.hpp"

#include "checks/definition/executable_paths.hpp"
#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// A program that is executed.
struct ExecutedProgram {
  std::string path;  // as the command names it
  const PathLookup& found;
  const Program& content;
  Privileges with = Privileges::user;
};

// Returns what is in the way of its libraries; nothing if they can be loaded.
std::optional<Obstacle> library_obstacle(const ExecutedProgram& program, const StartContext& start,
                                         const ExecutablePaths& paths, FactReader& look);
}  // namespace checklist::checks
