// SPDX-License-Identifier: MIT
// Compares a unit's fragment and drop-ins with what systemd has loaded and what its process was
// started with.
#pragma once
#include "checklist/finding.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns a failure for each file on disk that differs from the loaded one, or a single pass.
Findings as_loaded(const Definition& definition, const View& see);

// Returns whether the main process was started with the loaded definition; nothing if no main
// process is running.
Findings process_definition(const Definition& definition, const Unit& unit, View& see);
}  // namespace checklist::checks
