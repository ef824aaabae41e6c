// SPDX-License-Identifier: MIT
// What a report tells of a unit beside its checks.
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
