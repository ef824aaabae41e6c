// SPDX-License-Identifier: MIT
// A unit's last run and last refused start, from its properties, which are current but are lost
// when the unit is unloaded, and from its history in the journal.
#pragma once
#include <optional>
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
struct PastRuns {
  std::optional<Run> run;            // the last one that ended
  std::optional<Refusal> refusal;    // a start refused after that run and after the last start
  std::string unmet;                 // the condition that was not met,
                                     // "ConditionPathExists=!/run/x"; empty if unknown
  std::optional<Unseen> no_history;  // why the history could not be read
};

// Returns what is known of the view's unit. Reads the history under its canonical name. The unit
// itself must have been seen.
PastRuns past_runs(View& see);

// Returns whether a start was refused in this boot, other than by cancelling its job.
bool is_refused(const PastRuns& past);
}  // namespace checklist::checks
