// SPDX-License-Identifier: MIT
// Exposes the findings that fail or are unknown, up to a limit, failures first.
#pragma once
#include <span>

#include "checklist/report.hpp"

#include "render/families.hpp"
#include "render/family.hpp"

namespace checklist::render {
// Returns the number of omitted findings. Only texts that change no more often than the cause of
// the verdict become labels: `expected` and `observed`, but neither `hint` nor `details`.
std::size_t add_findings(Family& infos, const Labels& labels, std::span<const CheckResult> results,
                         const Limits& limits);
}  // namespace checklist::render
