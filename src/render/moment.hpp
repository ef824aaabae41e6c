// SPDX-License-Identifier: MIT
// Formats wall-clock times in UTC.
#pragma once
#include <string>

#include "checklist/time.hpp"

namespace checklist::render {
// `format` is that of strftime(3). Returns an empty text if the result exceeds 31 bytes.
std::string formatted(WallTime time, const char* format);

// Returns "2026-07-01 08:00:00 UTC".
inline std::string moment(WallTime time) {
  return formatted(time, "%Y-%m-%d %H:%M:%S UTC");
}
}  // namespace checklist::render
