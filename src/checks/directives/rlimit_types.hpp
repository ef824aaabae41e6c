// SPDX-License-Identifier: MIT
// The types of LimitX=, by unit: "soft:hard", or one value for both (systemd.exec(5)).
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks::types {
// They read a list of two numbers, the properties LimitX and LimitXSoft.
extern const DirectiveType limit_of_bytes;
extern const DirectiveType limit_of_number;
extern const DirectiveType limit_of_seconds;
extern const DirectiveType limit_of_usec;
extern const DirectiveType limit_of_niceness;

bool is_rlimit(const DirectiveType& type);
}  // namespace checklist::checks::types
