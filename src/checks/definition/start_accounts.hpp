// SPDX-License-Identifier: MIT
// As whom a service is started next: an account that was removed does nothing to a running service,
// and then it does not start any more.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// The users and groups that the unit names and nobody knows; nothing when all is well, nor where
// others than the host's own files may know them.
Findings missing_accounts(View& see);
}  // namespace checklist::checks
