// SPDX-License-Identifier: MIT
// The moment until which something is to hold, as people write it: "3d" (from now), "2026-12-24"
// (its beginning here), "2026-12-24T18:00:00Z" or "2026-12-24T18:00:00+01:00" (RFC 3339).
#pragma once
#include <optional>
#include <string_view>

#include "checklist/time.hpp"

namespace checklist::semantics {
std::optional<WallTime> parse_until(std::string_view text, WallTime now);
}  // namespace checklist::semantics
