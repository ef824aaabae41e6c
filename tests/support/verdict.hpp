// SPDX-License-Identifier: MIT
// What a check says of a world, by its worst finding.
#pragma once
#include <algorithm>
#include <string>

#include "support/world.hpp"

namespace checklist::testing {
inline Finding worst_finding(const CheckDef& check, World& world, const Dict& arguments = {}) {
  const Findings findings = world.evaluate(check, arguments);
  return *std::ranges::max_element(findings, {}, &Finding::status);
}

// "pass", "fail wider"
inline std::string verdict(const CheckDef& check, World& world, const Dict& arguments = {}) {
  const Finding worst = worst_finding(check, world, arguments);
  return std::string(text(worst.status)) + (worst.reason.empty() ? "" : " " + worst.reason);
}
}  // namespace checklist::testing
