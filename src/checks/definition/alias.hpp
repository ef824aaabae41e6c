// SPDX-License-Identifier: MIT
// Judges whether a name is an alias of a unit, both as loaded and on disk.
#pragma once
#include <string>
#include <vector>

#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the finding of one alias. `id` is the canonical name of the view's unit. A missing link
// fails at once: systemd drops the name at its next reload.
Finding alias_finding(const std::string& name, const std::string& id, View& see);

// Returns a failure for each loaded name of the unit whose link on disk leads to another unit, or
// is gone: the next reload or boot does not know the unit by it. Names in `judged` are left out.
Findings lost_names(const std::vector<std::string>& judged, const std::string& id, View& see);
}  // namespace checklist::checks
