// SPDX-License-Identifier: MIT
// Unit files on disk, and what the manager loaded from them.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// One assignment in a unit file, in the file's order.
struct UnitFileEntry {
  std::string section;
  std::string key;
  std::string value;
  bool operator==(const UnitFileEntry&) const = default;
};

// A unit file or drop-in as written. A missing file is a value.
struct UnitFile {
  bool exists = false;
  std::vector<UnitFileEntry> directives;
  bool operator==(const UnitFile&) const = default;
};

struct UnitFileKey {
  std::string path;
  using Fact = UnitFile;
  auto operator<=>(const UnitFileKey&) const = default;
};

// A link NAME in a TARGET.wants, .requires or .upholds directory on the unit search path.
struct InstallLink {
  std::string path;    // of the link itself
  std::string target;  // the unit that pulls in: "multi-user.target"
  std::string kind;    // "wants", "requires", "upholds"
  auto operator<=>(const InstallLink&) const = default;
};

struct InstallLinksKey {
  std::string name;                       // exactly the link's name: each alias has its own key
  using Fact = std::vector<InstallLink>;  // sorted
  auto operator<=>(const InstallLinksKey&) const = default;
};

// A unit file or drop-in, and the file its path resolves to. Equal times prove nothing: in a Nix
// store every mtime is 1.
struct DefinitionFile {
  std::string path;    // as systemd names it
  std::string target;  // the resolved path; empty if it is missing
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  WallTime modified{};  // of the target
  bool operator==(const DefinitionFile&) const = default;
};

struct Definition {
  std::vector<DefinitionFile>
      loaded{};  // the fragment, then the drop-ins, as they were when loaded
  std::vector<DefinitionFile> on_disk{};  // the same paths and new drop-ins, as they are now
  bool reload_needed = false;             // NeedDaemonReload
  // When the definition in force took effect, if known. A process that is older was started with
  // another definition.
  std::optional<TimePoint> changed = std::nullopt;
  bool operator==(const Definition&) const = default;
};

struct DefinitionKey {
  std::string unit;
  using Fact = Definition;
  auto operator<=>(const DefinitionKey&) const = default;
};
}  // namespace checklist
