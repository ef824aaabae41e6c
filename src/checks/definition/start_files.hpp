// SPDX-License-Identifier: MIT
// The files that systemd itself reads at a service's next start: their loss does nothing to a
// running service, and then it does not start any more.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Those that are missing or could not be looked at; nothing when all is well. Their contents are
// not looked at.
Findings missing_start_files(View& see);
}  // namespace checklist::checks
