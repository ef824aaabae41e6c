// SPDX-License-Identifier: MIT
// The directives that take effect when a process starts, as opposed to on a reload of the manager.
#pragma once
#include <cstdint>

#include "checklist/facts/unit_files.hpp"

namespace checklist::semantics {
// Returns whether the directive takes effect when a process starts. A reload applies what the
// manager itself does (dependencies, restarts, timeouts, stopping) and resource control
// (systemd.resource-control(5)).
bool counts_at_start(const UnitFileEntry& directive);

// Folds a file into the digest of the files before it: definitions of one digest start equal
// processes. The digest is the same in every build and may be stored.
std::uint64_t digest(std::uint64_t before, const UnitFile& file);

inline constexpr std::uint64_t empty_digest = 0xcbf29ce484222325;  // FNV-1a, 64 bits
}  // namespace checklist::semantics
