// SPDX-License-Identifier: MIT
// The one place that logs. To the journal's stderr each line carries its priority (sd-daemon(3)).
#pragma once
#include <string>

namespace checklist::daemon {
enum class Level { debug, info, warning, error };

// Throws std::invalid_argument for an unknown name: "debug", "info", "warning", "error".
void set_level(const std::string& name);
void say(Level level, const std::string& text);
}  // namespace checklist::daemon
