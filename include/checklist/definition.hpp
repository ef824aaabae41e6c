// SPDX-License-Identifier: MIT
// What a unit was loaded from, and whether that is what lies on disk and what its process runs by.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// A unit file or drop-in: which file its path led to. Equal times mean nothing: in a Nix store
// every mtime is 1.
struct DefinitionFile {
  std::string path;    // as systemd names it
  std::string target;  // where it leads, links resolved; empty: nowhere
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  WallTime modified{};  // of what it leads to
  bool operator==(const DefinitionFile&) const = default;
};

struct Definition {
  std::vector<DefinitionFile>
      loaded{};  // the fragment, then the drop-ins, as they were when loaded
  std::vector<DefinitionFile>
      on_disk{};               // the same paths, and drop-ins that are new, as they are now
  bool reload_needed = false;  // systemd itself says so: NeedDaemonReload
  // Since when the definition in force is what it is, as far as that is known: what started earlier
  // was started by another.
  std::optional<TimePoint> changed = std::nullopt;
  bool operator==(const Definition&) const = default;
};

struct DefinitionKey {
  std::string unit;
  using Fact = Definition;
  auto operator<=>(const DefinitionKey&) const = default;
};
}  // namespace checklist
