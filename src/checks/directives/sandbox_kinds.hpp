// SPDX-License-Identifier: MIT
// The kinds of directives that take something away from a unit (systemd.exec(5)). More taken than
// was demanded suffices. The weakest value of all can only be demanded exactly: it says that the
// unit needs what another would take.
#pragma once
#include "checks/directives/directive.hpp"

namespace checklist::checks::kinds {
extern const Kind flag;          // each value can only be demanded exactly
extern const Kind ladder;        // the directive's words, the weakest first
extern const Kind mask;          // names by bit: what is not named is taken
extern const Kind namespaces;    // likewise, or yes and no
extern const Kind families;      // names or "none"; (allowed, names) on D-Bus
extern const Kind system_calls;  // likewise; groups are resolved by system_calls.hpp
extern const Kind architectures;
extern const Kind names;         // has no others than these
extern const Kind device_nodes;  // likewise, with their access letters
extern const Kind open_paths;    // paths that are opened: no others, and none above them
extern const Kind closed_paths;  // paths that are closed: at least these, or what is above them
extern const Kind file_mask;     // octal; takes at least these bits
extern const Kind text;          // exactly this
extern const Kind denied_networks;
extern const Kind allowed_networks;
}  // namespace checklist::checks::kinds
