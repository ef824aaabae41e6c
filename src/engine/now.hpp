// SPDX-License-Identifier: MIT
// A moment on both clocks.
#pragma once
#include "checklist/time.hpp"

namespace checklist::engine {
struct Now {
  TimePoint moment;
  WallTime wall;
};
}  // namespace checklist::engine
