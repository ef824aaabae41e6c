// SPDX-License-Identifier: MIT
// Deadlines: "3d" (from now), "2026-12-24" (the beginning of that day, local time),
// "2026-12-24T18:00:00Z" or "2026-12-24T18:00:00+01:00" (RFC 3339).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/time.hpp"

namespace checklist::semantics {
// Returns nothing if the text is none of these.
std::optional<WallTime> parse_deadline(std::string_view text, WallTime now);
}  // namespace checklist::semantics
