// SPDX-License-Identifier: MIT
// Decides whether a failure that was seen in files counts, by the state of the unit that may write
// them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the findings about these paths and patterns. A failure is unknown while the unit starts,
// which may write the files, and after that until they were looked at again: what only root can
// reach is not followed, and the last look may be a minute old.
Findings believed(View& see, const std::vector<std::string>& looked_at, Findings findings);

// Returns why the last look at the path or pattern does not count: it was before the unit last
// changed its state. Returns nothing if it counts, or a new look is awaited.
std::optional<Unseen> outdated_look(View& see, const std::string& path);
}  // namespace checklist::checks
