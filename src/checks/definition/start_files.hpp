// SPDX-License-Identifier: MIT
// The files that systemd itself reads at a service's next start: removing one does not affect the
// running service, but makes the next start fail.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a finding for each file that is missing or unseen. Contents are not read.
Findings missing_start_files(View& see);
}  // namespace checklist::checks
