// SPDX-License-Identifier: MIT
// Whether a timer that waits for the end of its unit will trigger again.
#pragma once
#include <optional>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns whether all settings of the view's timer trigger once per boot (systemd.timer(5)) and it
// has triggered in this boot.
bool is_done_for_this_boot(View& see);

// Returns the finding of a timer in SubState=running: it triggers again when the unit that it
// triggers is inactive. Nothing may come of that if the unit stays active by its type, or hangs.
Finding running_timer(View& see, const char* subject, const char* expected);
}  // namespace checklist::checks
