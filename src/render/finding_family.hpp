// SPDX-License-Identifier: MIT
// The findings that do not pass as a family, up to a cap, failures first.
#pragma once
#include <span>

#include "checklist/report.hpp"

#include "render/families.hpp"
#include "render/family.hpp"

namespace checklist::render {
// Returns how many were left out. Of a finding's texts only those are labels that change with the
// cause of the verdict alone: expected and observed, never hint or details.
std::size_t add_findings(Family& infos, const Labels& labels, std::span<const CheckResult> results,
                         const Limits& limits);
}  // namespace checklist::render
