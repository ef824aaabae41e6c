// SPDX-License-Identifier: MIT
// What an exercise has to know of a unit, kept up to date by the evaluation.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checklist/facts/sockets.hpp"
#include "checklist/facts/unit.hpp"

#include "config/configuration.hpp"

namespace checklist::ctl {
struct ObservedUnit {
  std::string unit;  // as it was named
  Unit seen;
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::string>> edges;  // by property, as RequiredBy
  std::string enablement;                                 // as EnablementKey
  std::uint64_t started = 0;                              // InactiveExitTimestampMonotonic
  std::string result;                                     // Result
  std::string kill_mode;
  bool is_oneshot = false;  // ends by itself
  bool may_start = true;    // on request
  bool may_stop = true;
  bool stops_when_unneeded = false;
  std::string cgroup;                    // the last one that it had
  std::vector<std::uint32_t> processes;  // in that cgroup
  std::set<std::string> addresses;       // on which it listens
  std::vector<Listener> listeners;       // of the whole host
  std::vector<std::string> definition;   // semantics::definition_lines()
  std::vector<std::string> also;         // of [Install]
};

// By the name as which each was asked for.
using ObservedUnits = std::map<std::string, std::shared_ptr<ObservedUnit>>;

// Returns a service whose evaluation writes `out`.
config::Service observing(std::shared_ptr<ObservedUnit> out);

// The properties that ObservedUnit::edges holds.
const std::vector<std::string>& observed_edges();

// Returns those of the addresses that have a listener of any unit, each with its cgroup.
std::set<std::string> held(const std::set<std::string>& addresses, const ObservedUnit& unit);

inline bool is_up(const ObservedUnit& unit) {
  return unit.seen.active == ActiveState::active || unit.seen.active == ActiveState::reloading ||
         unit.seen.active == ActiveState::refreshing;
}

inline bool is_down(const ObservedUnit& unit) {
  return unit.seen.active == ActiveState::inactive || unit.seen.active == ActiveState::failed;
}
}  // namespace checklist::ctl
