// SPDX-License-Identifier: MIT
// Judges whether PID 1 has a unit's files when it loads its units: those on a file system that one
// of its own mount units mounts are missing then, and the unit is not found.
#pragma once
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each of the files that lies on a file system mounted later. `paths` are
// resolved paths. Says nothing of what the initrd mounts, as /usr, or of a user's unit, whose
// manager starts after all of these.
Findings mounted_later(View& see, const std::vector<std::string>& paths);
}  // namespace checklist::checks
