// SPDX-License-Identifier: MIT
// The standard process_* figures of ourselves, from /proc/self.
#pragma once
#include "render/figures.hpp"

namespace checklist::daemon {
void add_process_figures(render::Figures& figures);
}  // namespace checklist::daemon
