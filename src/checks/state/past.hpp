// SPDX-License-Identifier: MIT
// What is known of a unit's past: from its properties, which are quick but forget, and from its
// history, which remembers.
#pragma once
#include <optional>
#include <string>

#include "checklist/view.hpp"

namespace checklist::checks {
struct Past {
  std::optional<Run> run;          // the last one that ended
  std::optional<Refusal> refusal;  // a start that was refused after that run and the last start
  std::string unmet;               // the condition that refused it, "ConditionPathExists=!/run/x";
                                   // empty where PID 1 does not tell
  std::optional<Unseen> blind;     // why the history cannot be seen
};

// Asks for the history of the canonical unit. The unit itself must have been seen.
Past past_of(View& see);

// A start that was refused in this boot, by other than somebody's wish.
bool is_refused(const Past& past);
}  // namespace checklist::checks
