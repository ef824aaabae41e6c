// SPDX-License-Identifier: MIT
// The accounts of a service's next start: removing one does not affect the running service, but
// makes the next start fail.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each user and group of the unit that does not exist, if /etc/passwd and
// /etc/group are the only sources of accounts.
Findings missing_accounts(View& see);
}  // namespace checklist::checks
