// SPDX-License-Identifier: MIT
// ExtensionDirectories= of a service's next start: each must say that it is for this host
// (systemd.exec(5), systemd-sysext(8)).
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a finding for each directory that systemd refuses, or of which that is not known. One
// that is missing is no finding here.
Findings unusable_extensions(View& see);
}  // namespace checklist::checks
