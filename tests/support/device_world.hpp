// SPDX-License-Identifier: MIT
// Worlds in which x.service, user "llama" of group "video", can open /dev/nvidia0: a test changes
// what it is about.
#pragma once
#include <string>
#include <utility>

#include "support/unit_world.hpp"

namespace checklist::testing {
inline constexpr std::uint32_t llama = 900;  // user and group
inline constexpr std::uint32_t video = 44;
inline constexpr std::uint32_t render = 105;

inline Node a_directory(std::uint32_t mode = 0755) {
  Node out;
  out.type = NodeType::directory;
  out.permissions.mode = mode;
  return out;
}

inline Node a_link(std::string to) {
  Node out;
  out.type = NodeType::symlink;
  out.permissions.mode = 0777;
  out.link = std::move(to);
  return out;
}

inline Node a_device(std::uint32_t mode = 0660, std::uint32_t gid = video,
                     std::uint32_t minor = 0) {
  Node out;
  out.type = NodeType::character;
  out.permissions.mode = mode;
  out.permissions.gid = gid;
  out.major = 195;
  out.minor = minor;
  return out;
}

inline Accounts the_accounts() {
  Accounts out;
  out.users["root"] = {.uid = 0, .gid = 0, .home = {}, .shell = {}};
  out.users["llama"] = {.uid = llama, .gid = llama, .home = {}, .shell = {}};
  out.groups["root"] = {.gid = 0};
  out.groups["llama"] = {.gid = llama};
  out.groups["video"] = {.gid = video, .members = {"llama"}};
  out.groups["render"] = {.gid = render};
  return out;
}

// An entry of DeviceAllow, BindPaths and the like.
inline Value pairs(const std::vector<std::pair<std::string, std::string>>& all) {
  Values out;
  for (const auto& [first, second] : all) {
    out.push_back(Value{Values{Value{first}, Value{second}}});
  }
  return Value{out};
}

inline World& with_exec_defaults(World& world) {
  for (const char* name :
       {"User", "Group", "RootDirectory", "RootImage", "FragmentPath", "ControlGroup"}) {
    world.text(name, "");
  }
  for (const char* name :
       {"DynamicUser", "PrivateUsers", "PrivateDevices", "PrivateTmp", "NoNewPrivileges"}) {
    world.property(name, Value{false});
  }
  for (const char* name :
       {"SupplementaryGroups", "InaccessiblePaths", "BindPaths", "BindReadOnlyPaths", "MountImages",
        "TemporaryFileSystem", "DeviceAllow", "DropInPaths", "ReadWritePaths", "ReadOnlyPaths",
        "ExecPaths", "NoExecPaths"}) {
    world.property(name, Value{Values{}});
  }
  return world.text("DevicePolicy", "auto")
      .text("ProtectHome", "no")
      .text("ProtectSystem", "no")
      .text("Slice", "system.slice")
      .number("MainPID", 0)
      .number("CapabilityBoundingSet", UINT64_MAX)
      .number("AmbientCapabilities", 0)
      .property("SecureBits", Value{std::int64_t{0}});
}

inline World a_gpu_world() {
  World world = a_service_in(ActiveState::active, "running");
  with_exec_defaults(world).text("User", "llama");
  for (const char* slice : {"system.slice", "-.slice"}) {
    world.with(PropertyKey{slice, "DevicePolicy"}, Value{std::string("auto")})
        .with(PropertyKey{slice, "DeviceAllow"}, Value{Values{}})
        .with(PropertyKey{slice, "InactiveExitTimestampMonotonic"}, Value{usec(booted)});
  }
  for (const char* directory : {"/", "/dev"}) {
    world.with(NodeKey{directory}, a_directory());
  }
  return world.with(NodeKey{"/dev/nvidia0"}, a_device())
      .with(AccountsKey{}, the_accounts())
      .with(DeviceClassesKey{},
            std::vector<DeviceClass>{{.block = false, .name = "mem", .major = 1},
                                     {.block = false, .name = "pts", .major = 136},
                                     {.block = false, .name = "nvidia", .major = 195}});
}

// A host whose wall clock was never set: its epoch is `since`, and the manager began at `booted`.
// The unit's main process was started ten minutes after the boot.
inline World& with_clocks(World& world, WallTime since = WallTime{}) {
  const auto at = [since](Duration moment) {
    return Value{usec(since.time_since_epoch() + moment)};
  };
  Host host;
  host.began = TimePoint{booted};
  Node null;
  null.type = NodeType::character;
  null.born = since + Duration{1};
  return world.with(HostKey{}, host)
      .with(WallClockKey{}, since)
      .with(NodeKey{"/dev/null"}, null)
      .property("InactiveExitTimestamp", at(entered))
      .number("InactiveEnterTimestampMonotonic", usec(entered - std::chrono::seconds(1)))
      .number("InactiveExitTimestampMonotonic", usec(entered))
      .text("ControlGroup", "/system.slice/x.service")
      .with(PropertyKey{"system.slice", "InactiveExitTimestamp"}, at(booted))
      .with(PropertyKey{"system.slice", "DropInPaths"}, Value{Values{}})
      .with(PropertyKey{"-.slice", "ActiveEnterTimestamp"}, at(booted))
      .with(PropertyKey{"-.slice", "ActiveEnterTimestampMonotonic"}, Value{usec(booted)});
}

// Its main process, as it was started.
inline Process a_process(std::uint32_t uid, std::vector<std::uint32_t> groups,
                         std::uint64_t capabilities = 0) {
  Process out{.started = TimePoint{entered}};
  out.uid = uid;
  out.gid = uid;
  out.groups = std::move(groups);
  out.capabilities["CapEff"] = capabilities;
  return out;
}
}  // namespace checklist::testing
