// SPDX-License-Identifier: MIT
// The part of a report about a unit that is not a check result.
#pragma once
#include "checklist/facts/store.hpp"
#include "checklist/report.hpp"

#include "config/configuration.hpp"
#include "engine/now.hpp"

namespace checklist::engine {
// `one_moment`: by which moments of the one clock become such of the other; always the same, or
// they would wander.
UnitSummary summarize(const config::Service& service, View& see, Now one_moment);
}  // namespace checklist::engine
