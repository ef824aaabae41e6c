// SPDX-License-Identifier: MIT
// A unit as its manager reports it.
#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checklist/names.hpp"
#include "checklist/time.hpp"
#include "checklist/value.hpp"

namespace checklist {
enum class LoadState { stub, loaded, not_found, bad_setting, error, merged, masked, other };
template <>
inline constexpr auto names<LoadState> = names_of<LoadState>({{LoadState::stub, "stub"},
                                                              {LoadState::loaded, "loaded"},
                                                              {LoadState::not_found, "not-found"},
                                                              {LoadState::bad_setting,
                                                               "bad-setting"},
                                                              {LoadState::error, "error"},
                                                              {LoadState::merged, "merged"},
                                                              {LoadState::masked, "masked"},
                                                              {LoadState::other, "other"}});

enum class ActiveState {
  active,
  reloading,
  inactive,
  failed,
  activating,
  deactivating,
  maintenance,
  refreshing,
  other
};
template <>
inline constexpr auto names<ActiveState> =
    names_of<ActiveState>({{ActiveState::active, "active"},
                           {ActiveState::reloading, "reloading"},
                           {ActiveState::inactive, "inactive"},
                           {ActiveState::failed, "failed"},
                           {ActiveState::activating, "activating"},
                           {ActiveState::deactivating, "deactivating"},
                           {ActiveState::maintenance, "maintenance"},
                           {ActiveState::refreshing, "refreshing"},
                           {ActiveState::other, "other"}});

// A unit as reported by ListUnitsByNames() and signals (org.freedesktop.systemd1(5)). An unknown
// name is a value, too: its load state is not-found.
struct Unit {
  std::string id;  // the canonical name; differs from the key's for an alias
  LoadState load = LoadState::other;
  ActiveState active = ActiveState::other;
  std::string sub;        // SubState, by unit type
  std::uint32_t job = 0;  // the queued or running job's id; 0: none
  std::string job_type;  // "start", "restart", "stop", …; empty without a job or if not known yet
  // When that job was first seen: PID 1 does not report how long a job has waited.
  std::optional<TimePoint> job_since = std::nullopt;
  // When it was first seen to reload: PID 1 repeats a reload that timed out, with a new timestamp.
  std::optional<TimePoint> reloading_since = std::nullopt;
  bool operator==(const Unit&) const = default;
};

struct UnitKey {
  std::string name;
  using Fact = Unit;
  auto operator<=>(const UnitKey&) const = default;
};

// Any D-Bus property of a unit, of .Unit or of its type's interface (org.freedesktop.systemd1(5)).
// For an unloaded or missing unit it is PID 1's reply for that name. Unseen "unsupported": no such
// property.
struct PropertyKey {
  std::string unit;
  std::string name;
  using Fact = Value;
  auto operator<=>(const PropertyKey&) const = default;
};

// Units that wait for each other, so that the manager must drop the start of one.
struct BootCycle {
  // Those of these units after which each is ordered. Every unit is on a cycle.
  std::map<std::string, std::vector<std::string>> after{};
  // Whose start the manager may drop: not required by the target, or requiring one that may be
  // dropped. Sorted.
  std::vector<std::string> may_drop{};
  bool operator==(const BootCycle&) const = default;
};

// The ordering cycles among all units that a start of the target pulls in.
struct BootCyclesKey {
  std::string target;
  using Fact = std::vector<BootCycle>;
  auto operator<=>(const BootCyclesKey&) const = default;
};

// The reply of GetUnitFileState(): "enabled", "static", …; "not-found" without a unit file.
struct EnablementKey {
  std::string unit;
  using Fact = std::string;
  auto operator<=>(const EnablementKey&) const = default;
};

// The overall exposure level of `systemd-analyze security`, 0 to 10.
struct ExposureKey {
  std::string unit;
  using Fact = double;
  auto operator<=>(const ExposureKey&) const = default;
};
}  // namespace checklist
