// SPDX-License-Identifier: MIT
// Where systemd mounts for a service's next start: BindPaths= and TemporaryFileSystem=
// (systemd.exec(5)). It makes a mount point that is missing.
#pragma once
#include "checklist/finding.hpp"

#include "checks/definition/start_context.hpp"

namespace checklist::checks {
// Returns a finding for each place at which nothing can be mounted, or of which that is not known.
Findings unusable_mount_points(const StartContext& start, View& see);
}  // namespace checklist::checks
