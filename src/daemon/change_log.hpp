// SPDX-License-Identifier: MIT
// The line of the log for a change of a check's status.
#pragma once
#include <string>

#include "checklist/report.hpp"

#include "daemon/log.hpp"

namespace checklist::daemon {
struct ChangeLine {
  Level level = Level::info;
  std::string text;
};

// A failure that is acknowledged in the report is no warning.
ChangeLine change_line(const Change& change, const Report& report);
}  // namespace checklist::daemon
