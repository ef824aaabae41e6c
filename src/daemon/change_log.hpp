// SPDX-License-Identifier: MIT
// The lines of the log for changes of checks' statuses.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checklist/report.hpp"

#include "daemon/log.hpp"

namespace checklist::daemon {
struct ChangeLine {
  Level level = Level::info;
  std::string text;
};

// A failure that is acknowledged in the report is no warning.
ChangeLine change_line(const Change& change, const Report& report);

// Returns the changes, newest first, that are newer than `logged` by their place in the list: the
// wall clock, by which they are dated, may have been set back in between.
std::span<const Change> unlogged(const std::vector<Change>& changes,
                                 const std::optional<Change>& logged);
}  // namespace checklist::daemon
