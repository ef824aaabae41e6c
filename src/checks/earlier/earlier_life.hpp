// SPDX-License-Identifier: MIT
// What a running service keeps from before: programs, directories, files and accounts that were
// replaced or removed since its start, and processes of an earlier run.
#pragma once
#include <string>
#include <vector>

#include "checklist/facts/processes.hpp"
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each thing of this kind, nothing if there is none. What cannot be seen is
// no finding: most of it needs root, and a host without checklistd-files is no worse for it.
Findings earlier_life(View& see);

// The parts.
Findings replaced_programs(View& see);
Findings lost_mounts(View& see);
Findings missing_directories(View& see);
Findings unread_files(View& see);
Findings changed_accounts(View& see);
Findings leftover_processes(View& see);

// Returns whether the mount at a path of a process is of a directory that was removed. The kernel
// appends "//deleted" to its root in mountinfo.
bool is_of_removed_directory(const Mount& mount);

enum class Leftover {
  none,
  harmless,  // processes of an earlier run, but none of them listens
  listening,
  unclear  // which process listens cannot be seen
};

// Returns what is left of an earlier run in the cgroup of the running service. Processes of a
// delegated cgroup (Delegate=) are not systemd's to stop.
Leftover leftover_of(View& see);

// Returns whether processes are left of a service that is down: systemd keeps its cgroup only then.
bool has_left_processes(View& see);

// Returns how to end the processes that a service left behind, before a hint for its next start,
// which may not be able to bind their addresses; empty if it has none.
std::string end_of_leftovers(View& see);
}  // namespace checklist::checks
