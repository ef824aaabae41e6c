// SPDX-License-Identifier: MIT
// Renders a report as the output of a monitoring plugin for Nagios, Icinga and others, by the
// guidelines of monitoring-plugins.org.
#pragma once
#include <string>
#include <string_view>

#include "checklist/report.hpp"

namespace checklist::render {
// The exit status of a plugin.
enum class PluginState { ok = 0, warning = 1, critical = 2, unknown = 3 };

// A check that fails is critical, one that is unknown is unknown; either is a warning while it is
// acknowledged. The worst counts: critical, warning, unknown, ok, as in max_state_alt() of
// monitoring-plugins. A report in which no check is decided is unknown.
PluginState plugin_state(const Report& report);

// Returns one line: the state, the checks that decide it, and performance data.
std::string nagios(const Report& report);

// Returns the line of a plugin that has no report.
std::string nagios_unknown(std::string_view why);
}  // namespace checklist::render
