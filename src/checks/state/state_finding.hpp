// SPDX-License-Identifier: MIT
// Findings about a unit's state that several phases share, and their hints.
#pragma once
#include <string>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

#include "checks/state/past_runs.hpp"

namespace checklist::checks {
inline constexpr auto state_subject = "state";

// Returns the hint to read the journal, fix the cause, and then run systemctl with the verb.
std::string inspect_then(View& see, const std::string& verb);

// Returns how the last run ended, as "exit-code, exited with 1"; a Result= without a process, as
// "start-limit-hit", alone.
std::string last_end(View& see, const PastRuns& past);

// Returns the finding of a unit whose LoadState= is masked, not-found, bad-setting or error.
Finding not_loaded(View& see, const Unit& unit);

// Returns the finding of a frozen unit.
Finding frozen(const View& see, const std::string& expected);

// Returns the finding of an inactive unit that `trigger` starts.
Finding on_demand(View& see, const std::string& trigger);

// Returns the finding of a unit whose last start was refused; `past.refusal` must be set.
Finding refused(View& see, const PastRuns& past, const std::string& expected);
}  // namespace checklist::checks
