// SPDX-License-Identifier: MIT
// The entries that systemd makes of a unit's directives before it sets up a mount namespace: those
// of src/core/namespace.c that concern paths.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
// In systemd's order: of two entries at one path, the first counts.
enum class EntryMode {
  inaccessible,
  bind,
  empty,
  readonly,
  readwrite,
  noexec,
  exec,
  tmpfs,
  implicit
};

struct MountEntry {
  std::string path;  // where it is mounted, as the unit sees it
  EntryMode mode = EntryMode::readonly;
  std::string setting{};              // "ReadOnlyPaths="; empty if it may be missing
  std::string source{};               // of a bind: a path of the host
  std::optional<bool> may_execute{};  // what ExecPaths= or NoExecPaths= says of the same path
};

// Returns where a path leads through links; the path itself if that is not to be followed.
using FollowLinks = std::function<std::string(const std::string&)>;

// Returns the entries of the view's unit, parents first, without those that systemd drops:
// duplicates, what is below an inaccessible path, and what changes nothing about its parent.
// Commands with the prefix "+" have no sandbox, but the entries that are no part of it.
std::vector<MountEntry> mount_entries(FactReader& look, bool has_sandbox,
                                      const FollowLinks& follow);
}  // namespace checklist::checks
