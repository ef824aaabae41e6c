// SPDX-License-Identifier: MIT
// The units of the checklist, whether or not the daemon runs.
#pragma once
#include "checklist/report.hpp"

#include "ctl/link/daemon_report.hpp"

namespace checklist::ctl {
// Returns the report of the daemon. If it does not respond, returns one that has only the names and
// managers of the specs' units.
Report known_units(const DaemonOptions& options);
}  // namespace checklist::ctl
