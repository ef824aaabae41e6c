// SPDX-License-Identifier: MIT
// Converts the engine's figures for rendering.
#pragma once
#include <string>

#include "engine/engine.hpp"
#include "render/figures.hpp"

namespace checklist::daemon {
// Adds them to `out`; `manager` is that of the units, as in ServiceReport. Other figures stay as
// they are.
void add_engine_figures(render::Figures& out, const engine::Figures& engine,
                        const std::string& manager);
}  // namespace checklist::daemon
