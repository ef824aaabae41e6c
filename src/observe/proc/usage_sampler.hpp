// SPDX-License-Identifier: MIT
// Samples the resource usage of units from cgroupfs every 15 seconds. Exported as metrics only; no
// check evaluates it.
#pragma once
#include <map>
#include <string>

#include "checklist/figures.hpp"

#include "observe/proc/cgroup_paths.hpp"
#include "observe/proc/process_observer.hpp"

namespace checklist::observe {
class UsageSampler {
 public:
  explicit UsageSampler(event::Loop& loop, std::string root = unified_hierarchy());

  // Sets the unit's cgroup; empty if it has no processes.
  void place(const std::string& unit, const std::string& cgroup);

  // Returns the latest samples, by unit.
  [[nodiscard]] const std::map<std::string, Usage>& usages() const { return usages_; }

 private:
  void sample(const std::string& unit);

  std::string root_;
  std::map<std::string, std::string> cgroups_;  // by unit
  std::map<std::string, Usage> usages_;
  PeriodicPoll<std::string> poll_;
};
}  // namespace checklist::observe
