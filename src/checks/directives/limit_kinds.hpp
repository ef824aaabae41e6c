// SPDX-License-Identifier: MIT
// The kinds of directives that limit resources by one number or word.
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks::kinds {
extern const Kind memory;       // bytes, or a share of the machine's
extern const Kind tasks;        // a number, or a share of what the kernel allows
extern const Kind quota;        // a percentage of one CPU; on D-Bus µs a second
extern const Kind weight;       // 1 to 10000, 100 where unset; the directive's word is 0
extern const Kind score;        // -1000 to 1000
extern const Kind niceness;     // -20 to 19
extern const Kind io_priority;  // 0 to 7
extern const Kind word;         // one of the directive's words, or its number on D-Bus
}  // namespace checklist::checks::kinds
