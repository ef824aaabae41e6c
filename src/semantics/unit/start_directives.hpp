// SPDX-License-Identifier: MIT
// What of a definition a process is started by, and what systemd heeds without starting it anew.
#pragma once
#include <cstdint>

#include "checklist/facts/unit_files.hpp"

namespace checklist::semantics {
// Whether a running process has it from its start. What the manager itself does (dependencies,
// restarts, time-outs, how to stop) counts from the reload on, and so does resource control
// (systemd.resource-control(5)), which a reload applies to the cgroup.
bool counts_at_start(const UnitFileEntry& directive);

// Folds a file into the digest of those before it: two definitions of one digest start a process
// alike. The same in every build, so that it may be kept.
std::uint64_t digest(std::uint64_t before, const UnitFile& file);

inline constexpr std::uint64_t empty_digest = 0xcbf29ce484222325;  // FNV-1a, 64 bits
}  // namespace checklist::semantics
