// SPDX-License-Identifier: MIT
// Units and their edges in a test's world, as PID 1 and the unit files would report them.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "support/unit_world.hpp"

namespace checklist::testing {
inline FileStatus a_file(const std::string& type, const std::string& target = {}) {
  FileStatus out;
  out.type = type;
  out.target = target;
  return out;
}

inline Mount a_mount(const std::string& path, const std::string& type = "ext4") {
  Mount out;
  out.path = path;
  out.type = type;
  return out;
}

inline std::string fragment_of(const std::string& unit) {
  return "/etc/systemd/system/" + unit;
}

inline void edges(World& world, const std::string& unit, const std::string& property,
                  const std::vector<std::string>& others) {
  world.with(PropertyKey{unit, property}, texts(others));
}

// A loaded unit that has an empty fragment in /etc and no edges; everything of it is known.
inline void add_unit(World& world, const std::string& name,
                     ActiveState active = ActiveState::active) {
  world.with(UnitKey{name}, a_unit(name, active, "running"))
      .with(EnablementKey{name}, std::string("enabled"))
      .with(InstallLinksKey{name}, std::vector<InstallLink>{})
      .with(UnitFileKey{fragment_of(name)}, UnitFile{.exists = true, .directives = {}})
      .with(FileKey{fragment_of(name)}, a_file("regular"))
      .with(DefinitionKey{name}, Definition{})
      .with(PropertyKey{name, "FragmentPath"}, Value{fragment_of(name)});
  for (const char* property : {"Requires",
                               "Requisite",
                               "BindsTo",
                               "Wants",
                               "Upholds",
                               "After",
                               "Before",
                               "Triggers",
                               "WantedBy",
                               "RequiredBy",
                               "BoundBy",
                               "UpheldBy",
                               "TriggeredBy",
                               "DropInPaths",
                               "Conditions",
                               "Asserts",
                               "OnFailure",
                               "OnSuccess",
                               "RequiresMountsFor",
                               "WantsMountsFor"}) {
    edges(world, name, property, {});
  }
  edges(world, name, "Names", {name});
}

// A unit of which PID 1 knows the name alone.
inline void add_missing(World& world, const std::string& name) {
  add_unit(world, name, ActiveState::inactive);
  world.with(UnitKey{name}, a_unit(name, ActiveState::inactive, "dead", LoadState::not_found))
      .with(EnablementKey{name}, std::string("not-found"))
      .with(UnitFileKey{fragment_of(name)}, UnitFile{})
      .with(FileKey{fragment_of(name)}, a_file("missing"))
      .with(FileKey{"/lib/systemd/system/" + name}, a_file("missing"))
      .with(PropertyKey{name, "FragmentPath"}, Value{std::string()});
}

// The unit's fragment is this one alone, with these lines of [Unit].
inline void fragment(World& world, const std::string& unit, const std::string& path,
                     const std::vector<std::pair<std::string, std::string>>& lines = {}) {
  for (const char* directory : {"/etc/systemd/system/", "/lib/systemd/system/"}) {
    world.with(FileKey{directory + unit}, a_file("missing"));
  }
  UnitFile file{.exists = true, .directives = {}};
  for (const auto& [key, value] : lines) {
    file.directives.push_back({"Unit", key, value});
  }
  world.with(UnitFileKey{path}, file)
      .with(FileKey{path}, a_file("regular"))
      .with(PropertyKey{unit, "FragmentPath"}, Value{path});
}

// What links of that name there are: "/etc/systemd/system", "multi-user.target", "wants".
inline void link(World& world, const std::string& name, const std::string& directory,
                 const std::string& target, const std::string& kind = "wants") {
  const std::string path = directory + "/" + target + "." + kind + "/" + name;
  world.with(InstallLinksKey{name}, std::vector<InstallLink>{{path, target, kind}});
}

// As `systemctl enable` leaves it, after a reload.
inline void wanted(World& world, const std::string& unit, const std::string& target) {
  edges(world, unit, "WantedBy", {target});
  link(world, unit, "/etc/systemd/system", target);
}

// multi-user.target and graphical.target, the default, as every distribution has them.
inline void add_targets(World& world) {
  const std::vector<std::string> path{"/etc/systemd/system", "/run/systemd/system",
                                      "/lib/systemd/system"};
  world.with(HostKey{}, Host{.version = "252",
                             .boot_id = "b",
                             .default_target = "graphical.target",
                             .unit_path = path});
  world.with(FileKey{"/etc/systemd/system/default.target"}, a_file("missing"))
      .with(FileKey{"/lib/systemd/system/default.target"},
            a_file("symlink", "/lib/systemd/system/graphical.target"));
  world.with(MountsKey{1}, std::vector<Mount>{a_mount("/")})
      .with(BootCyclesKey{"graphical.target"}, std::vector<BootCycle>{});
  add_unit(world, "multi-user.target");
  add_unit(world, "graphical.target");
  edges(world, "multi-user.target", "RequiredBy", {"graphical.target"});
  fragment(world, "graphical.target", "/lib/systemd/system/graphical.target",
           {{"Requires", "multi-user.target"}});
}

// The finding about that subject; a failing one that says so where there is none.
inline Finding about(const Findings& findings, const std::string& subject) {
  const auto at = std::ranges::find(findings, subject, &Finding::subject);
  if (at != findings.end()) {
    return *at;
  }
  Finding none;
  none.status = Status::fail;
  none.reason = "no finding about " + subject;
  return none;
}
}  // namespace checklist::testing
