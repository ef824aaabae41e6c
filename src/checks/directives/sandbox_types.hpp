// SPDX-License-Identifier: MIT
// The types of directives that restrict a unit (systemd.exec(5)). A stricter value than the
// expected one satisfies it, except if the weakest value is expected: the unit then needs what a
// stricter value would take away.
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks::types {
extern const DirectiveType flag;          // compared exactly
extern const DirectiveType ordered_enum;  // the directive's words, weakest first
extern const DirectiveType mask;          // names of bits: no others than these
extern const DirectiveType namespaces;    // likewise, or yes and no
extern const DirectiveType families;      // names or "none"; (allowed, names) on D-Bus
extern const DirectiveType system_calls;  // likewise; groups are resolved by system_calls.hpp
extern const DirectiveType architectures;
extern const DirectiveType names;         // no others than these
extern const DirectiveType device_nodes;  // likewise, with their access letters
extern const DirectiveType open_paths;    // paths that are opened: no others than these or below
extern const DirectiveType
    closed_paths;  // paths that are closed: at least these, or directories above
extern const DirectiveType file_mask;  // octal: at least these bits
extern const DirectiveType text;       // compared exactly
extern const DirectiveType denied_networks;
extern const DirectiveType allowed_networks;
}  // namespace checklist::checks::types
