// SPDX-License-Identifier: MIT
// How a probe went, in words that stay the same while it goes wrong in the same way.
#pragma once
#include <string>

#include "checklist/facts/probes.hpp"
#include "checklist/spec.hpp"

namespace checklist::checks {
std::string observation(const ProbeKey& asked, const Probe& probe);

// What to do about it, in one sentence; empty when it passed.
std::string advice(const ProbeKey& asked, const Probe& probe, const Spec& spec);
}  // namespace checklist::checks
