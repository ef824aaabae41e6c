// SPDX-License-Identifier: MIT
// The current boot: its id, and when it began.
#pragma once
#include "semantics/time/boot.hpp"

namespace checklist::observe {
// Wall and monotonic clock as they are now: ask once and keep it, or moments would wander.
semantics::Boot this_boot();
}  // namespace checklist::observe
