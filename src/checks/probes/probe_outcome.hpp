// SPDX-License-Identifier: MIT
// A stable description of a probe's outcome: no counts or times of the single probe.
#pragma once
#include <string>

#include "checklist/facts/probes.hpp"
#include "checklist/view.hpp"

namespace checklist::checks {
// Returns the outcome as `observed` of a finding: "connection refused".
std::string describe_outcome(const ProbeKey& asked, const Probe& probe);

// Returns a hint in one sentence; empty if the probe passed.
std::string outcome_hint(const ProbeKey& asked, const Probe& probe, View& see);
}  // namespace checklist::checks
