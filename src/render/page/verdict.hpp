// SPDX-License-Identifier: MIT
// The verdict on many checks, from their number by status, indexed by Status.
#pragma once
#include <array>
#include <string>

#include "checklist/finding.hpp"

namespace checklist::render {
using Counts = std::array<std::size_t, 4>;

// Returns the worst status that is counted, Status::skip if none is.
Status worst(const Counts& counts);

// Returns the verdict in a sentence, unescaped: "2 of 66 checks fail, 1 is unknown".
std::string verdict(const Counts& counts);

// Returns the counts that the verdict leaves out: "63 pass, 4 skipped".
std::string beside_verdict(const Counts& counts);
}  // namespace checklist::render
