// SPDX-License-Identifier: MIT
// The processes that a test leaves behind, also those with a session of their own.
#pragma once

namespace checklist::config_test {
// Makes processes whose parent ends children of this process (PR_SET_CHILD_SUBREAPER).
void adopt_descendants();

// Kills all children, and those that become children by that, and waits for their ends. Throws
// std::runtime_error if new ones keep coming: systemd then kills all that is left in the cgroup.
void kill_descendants();
}  // namespace checklist::config_test
