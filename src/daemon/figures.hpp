// SPDX-License-Identifier: MIT
// What the engine counts and measures, as it is rendered.
#pragma once
#include <string>

#include "engine/engine.hpp"
#include "render/figures.hpp"

namespace checklist::daemon {
// Of this process; `manager` is that of the units, as in ServiceReport. What the engine does not
// know is left as it is.
void add_engine_figures(render::Figures& out, const engine::Figures& engine,
                        const std::string& manager);
}  // namespace checklist::daemon
