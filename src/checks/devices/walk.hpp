// SPDX-License-Identifier: MIT
// A path as a unit's processes walk it: through the directories and links of the host, and through
// what the unit's own mounts put over them (systemd.exec(5), path_resolution(7)).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts/devices.hpp"

#include "checks/view/fact_reader.hpp"
#include "semantics/files/permissions.hpp"

namespace checklist::checks {
// What lies over a path, in the order in which systemd prefers one of two at the same.
enum class Cover {
  inaccessible,  // nothing can be opened or searched, nor is anything put below it
  bound,         // what another path of the host leads to
  empty,         // nothing but what is bound below it
  unknown        // an image: nobody looks into it
};

struct Covering {
  std::string path;  // as the unit sees it
  Cover cover = Cover::bound;
  std::string source{};   // of bound: a path of the host
  std::string setting{};  // the directive, for a sentence: "PrivateDevices=yes"
  bool operator==(const Covering&) const = default;
};

// The unit's own mounts as its properties tell them. Asks the host for what they name.
std::vector<Covering> coverings(FactReader& look, const std::string& unit);

enum class Arrival {
  found,
  missing,    // nothing is there
  no_search,  // a directory on the way may not be searched
  no_open,    // what is there lies under something inaccessible
  unclear     // the way leads through what nobody can look into
};

struct Arrived {
  Arrival arrival = Arrival::missing;
  std::string at{};    // where it ended, as the unit sees it
  std::string host{};  // the same as the host sees it; empty: only the unit's own mounts are there
  Node node{};         // found: the node; no_search: the directory
  const Covering* by = nullptr;  // borrowed: the mount that made it so
};

// Where the path leads for somebody with these credentials. What could not be seen on the way is
// the look's gap, and then nothing else counts.
Arrived walk(const std::string& path, const std::vector<Covering>& coverings,
             const semantics::Credentials& who, FactReader& look);

// On the host itself, for one who may search everything; and what is there, missing or not.
Arrived walk_on_host(const std::string& path, FactReader& look);
Node resolved_on_host(const std::string& path, FactReader& look);
}  // namespace checklist::checks
