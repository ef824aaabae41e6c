// SPDX-License-Identifier: MIT
// A service that runs: the main process is 100, started when the unit became active.
#pragma once
#include <string>

#include "support/graph.hpp"
#include "support/unit_world.hpp"

namespace checklist::testing {
inline const std::string cgroup_of_service = "/system.slice/x.service";

inline World a_running_service() {
  World world = a_service_in(ActiveState::active, "running");
  world.number("MainPID", 100)
      .text("ControlGroup", cgroup_of_service)
      .number("ExecMainStartTimestampMonotonic", usec(entered));
  return world;
}
}  // namespace checklist::testing
