// SPDX-License-Identifier: MIT
// Logging to stderr; if it is the journal's, each line has a priority prefix (sd-daemon(3)).
#pragma once
#include <string>

namespace checklist::daemon {
enum class Level { debug, info, warning, error };

// `name` is "debug", "info", "warning" or "error"; throws std::invalid_argument for any other.
void set_level(const std::string& name);
void log(Level level, const std::string& text);
}  // namespace checklist::daemon
