// SPDX-License-Identifier: MIT
// A moment of the wall clock as people read it, in UTC.
#pragma once
#include <string>

#include "checklist/time.hpp"

namespace checklist::render {
// By strftime(3), to at most 31 bytes.
std::string formatted(WallTime time, const char* format);

inline std::string moment(WallTime time) {
  return formatted(time, "%Y-%m-%d %H:%M:%S UTC");
}
}  // namespace checklist::render
