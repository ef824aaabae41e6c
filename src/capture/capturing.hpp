// SPDX-License-Identifier: MIT
// Captures units by means of the evaluation: checks whose parameters are what was just seen.
#pragma once
#include <memory>
#include <string>

#include "capture/captured_unit.hpp"
#include "config/configuration.hpp"

namespace checklist::capture {
enum class Depth { spec, full };  // what a spec says, or also CapturedUnit::properties

// Returns a service of every check that can judge the unit. Whenever one of its checks is
// evaluated, its part of `out` is written; it is complete when the evaluation is settled.
config::Service capturing(std::shared_ptr<CapturedUnit> out, Depth depth);
}  // namespace checklist::capture
