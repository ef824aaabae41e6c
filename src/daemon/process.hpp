// SPDX-License-Identifier: MIT
// The standard process_* metrics of this process, from /proc/self (proc(5)).
#pragma once
#include "render/figures.hpp"

namespace checklist::daemon {
void add_process_figures(render::Figures& figures);
}  // namespace checklist::daemon
