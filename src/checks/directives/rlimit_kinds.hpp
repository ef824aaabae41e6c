// SPDX-License-Identifier: MIT
// The kinds of LimitX=, by their units: "soft:hard", or one value for both (systemd.exec(5)).
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks::kinds {
// They read a list of two numbers: the properties LimitX and LimitXSoft.
extern const Kind limit_of_bytes;
extern const Kind limit_of_number;
extern const Kind limit_of_seconds;
extern const Kind limit_of_usec;
extern const Kind limit_of_niceness;

bool is_rlimit(const Kind& kind);
}  // namespace checklist::checks::kinds
