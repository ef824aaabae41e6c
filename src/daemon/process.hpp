// SPDX-License-Identifier: MIT
// The standard process_* metrics of this process, from /proc/self (proc(5)), and the host it runs
// on.
#pragma once
#include <string>

#include "render/figures.hpp"

namespace checklist::daemon {
void add_process_figures(render::Figures& figures);

// Returns what hostname(1) prints, or "this host" if there is no name.
std::string host_name();
}  // namespace checklist::daemon
