// SPDX-License-Identifier: MIT
// Whether only root can have said something: root looks where it is told to, and must not be told
// by anybody else.
#pragma once
#include <string>

namespace checklist::files {
// Whether the path, every directory above it and every link on the way are root's, and nobody else
// may write them; in a sticky directory (a Nix store) what lies there must be root's itself. False
// where there is nothing.
bool is_roots(const std::string& path);
}  // namespace checklist::files
