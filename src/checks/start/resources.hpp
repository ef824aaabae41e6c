// SPDX-License-Identifier: MIT
// What the kernel must have, or permit, for a service's next start: processors and NUMA nodes,
// room within limits, system calls (systemd.exec(5)).
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each setting with which no program can be started on this machine.
Findings unusable_resources(View& see);
}  // namespace checklist::checks
