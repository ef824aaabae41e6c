// SPDX-License-Identifier: MIT
// The types of directives that limit resources by one number or word.
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks::types {
extern const DirectiveType memory;       // bytes, or a share of the machine's
extern const DirectiveType tasks;        // a number, or a share of the kernel's limit
extern const DirectiveType quota;        // a percentage of one CPU; on D-Bus µs a second
extern const DirectiveType weight;       // 1 to 10000, by default 100; the directive's word is 0
extern const DirectiveType score;        // -1000 to 1000
extern const DirectiveType niceness;     // -20 to 19
extern const DirectiveType io_priority;  // 0 to 7
extern const DirectiveType word;         // one of the directive's words, or its number on D-Bus
}  // namespace checklist::checks::types
