// SPDX-License-Identifier: MIT
// Path resolution as a unit's processes see it: through the directories and symbolic links of the
// host, and through the unit's own mounts over them (systemd.exec(5), path_resolution(7)).
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checklist/facts/devices.hpp"

#include "checks/view/fact_reader.hpp"
#include "semantics/files/permissions.hpp"

namespace checklist::checks {
// What a mount puts over a path. Of two mounts at one path, systemd prefers the first of these.
enum class MountKind {
  inaccessible,  // nothing can be opened or searched, and nothing is mounted below
  bind,          // another path of the host
  empty,         // nothing but the mounts below it
  unknown        // an image, whose contents are not known
};

struct UnitMount {
  std::string path;  // as the unit sees it
  MountKind kind = MountKind::bind;
  std::string source{};       // bind: a path of the host
  std::string setting{};      // the directive: "PrivateDevices=yes"
  std::uint32_t mode = 0755;  // of an empty directory
  bool operator==(const UnitMount&) const = default;
};

// Commands with the prefix "+" have no sandbox, but the mounts that are no part of it.
enum class Sandbox { whole, none };

// Returns the mounts of the unit's directives. Asks for the paths of the host that they name.
std::vector<UnitMount> unit_mounts(FactReader& look, const std::string& unit,
                                   Sandbox sandbox = Sandbox::whole);

enum class LookupStatus {
  found,
  missing,    // ENOENT, ENOTDIR or ELOOP
  no_search,  // a directory of the path may not be searched
  no_open,    // the file is covered by an inaccessible node
  unknown     // the path leads into an image
};

struct PathLookup {
  LookupStatus status = LookupStatus::missing;
  std::string at{};    // where the lookup ended, as the unit sees it
  std::string host{};  // the same path on the host; empty if only the unit's mounts are there
  Node node{};         // found: the node; no_search: the directory
  const UnitMount* by = nullptr;  // borrowed: the mount that decides; null on the host's files
  // missing: only the last component is, in a directory that exists (ENOENT)
  bool in_directory = false;
};

// Paths of the host at which there are files by then, if nothing else is there.
using CreatedFiles = std::set<std::string>;

// Resolves the path for a process with these credentials. If `look` has a gap afterwards, the
// result does not count.
PathLookup resolve_path(const std::string& path, const std::vector<UnitMount>& mounts,
                        const semantics::Credentials& who, FactReader& look,
                        const CreatedFiles& created = {});

// Resolve the path on the host, with the right to search every directory.
PathLookup resolve_on_host(const std::string& path, FactReader& look,
                           const CreatedFiles& created = {});
Node node_on_host(const std::string& path, FactReader& look, const CreatedFiles& created = {});
// Returns where the path leads on the host; the path itself if nothing is there.
std::string target_on_host(const std::string& path, FactReader& look);
}  // namespace checklist::checks
