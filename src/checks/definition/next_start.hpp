// SPDX-License-Identifier: MIT
// What a service's next start needs: everything that systemd, the kernel and the dynamic linker
// look for, as they would, for the user that it runs as and with the mounts that it gets.
#pragma once
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each thing for which the next start would fail, and an unknown finding for
// each that cannot be seen; nothing if all is well. The view's unit must be a loaded service.
Findings next_start(View& see);

// Returns the hint "run `systemctl restart x.service`" for the view's unit, after `step` if there
// is one; if the next start would fail, what to do before.
std::string restart_advice(View& see, const std::string& step = {});
}  // namespace checklist::checks
