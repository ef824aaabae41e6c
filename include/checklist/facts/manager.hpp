// SPDX-License-Identifier: MIT
// The service manager itself (PID 1, or a user's instance).
#pragma once
#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"

namespace checklist {
enum class SystemState {
  initializing,
  starting,
  running,
  degraded,
  maintenance,
  stopping,
  offline,
  other
};
template <>
inline constexpr auto names<SystemState> =
    names_of<SystemState>({{SystemState::initializing, "initializing"},
                           {SystemState::starting, "starting"},
                           {SystemState::running, "running"},
                           {SystemState::degraded, "degraded"},
                           {SystemState::maintenance, "maintenance"},
                           {SystemState::stopping, "stopping"},
                           {SystemState::offline, "offline"},
                           {SystemState::other, "other"}});

// The manager's state. It changes with every unit that fails, so checks that need the rest of Host
// do not depend on it.
struct SystemStateKey {
  using Fact = SystemState;
  auto operator<=>(const SystemStateKey&) const = default;
};

// The manager itself.
struct Host {
  std::string version;                            // of systemd
  std::string boot_id;                            // 32 hex digits
  std::string default_target;                     // the canonical unit behind default.target
  std::vector<std::string> unit_path;             // the search path for unit files, first wins
  std::optional<TimePoint> began = std::nullopt;  // when this manager began to start units
  // When it last read all units again, by a daemon-reload.
  std::optional<TimePoint> loaded = std::nullopt;
  // When it had started what the boot starts.
  std::optional<TimePoint> finished = std::nullopt;
  bool operator==(const Host&) const = default;
};

struct HostKey {
  using Fact = Host;
  auto operator<=>(const HostKey&) const = default;
};

// The manager's failed units.
struct FailedUnitsKey {
  using Fact = std::set<std::string>;
  auto operator<=>(const FailedUnitsKey&) const = default;
};

// The system calls in each group of SystemCallFilter= ("@clock"), from the running systemd.
struct SyscallGroupsKey {
  using Fact = std::map<std::string, std::set<std::string>>;
  auto operator<=>(const SyscallGroupsKey&) const = default;
};
}  // namespace checklist
