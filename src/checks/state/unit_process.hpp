// SPDX-License-Identifier: MIT
// The process by which a service is judged.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "checklist/view.hpp"

#include "checks/view/fact_reader.hpp"

namespace checklist::checks {
struct UnitProcess {
  std::uint32_t pid = 0;                            // 0: no process is left
  std::optional<TimePoint> started = std::nullopt;  // at the latest; nothing if it is not known
  bool is_main = true;                              // systemd knows it as the main process
  bool operator==(const UnitProcess&) const = default;
};

// Returns the main process of a service. If systemd knows none (a SysV service, GuessMainPID=no, a
// PID file that was not written), returns the oldest process of this run in its cgroup that is not
// a control process. A unit of another type has no process. Unseen "no_main_process" if the
// processes of the cgroup cannot be read.
Observed<UnitProcess> unit_process(View& see, const std::string& unit);

inline Observed<UnitProcess> unit_process(View& see) {
  return unit_process(see, see.unit());
}

// Returns that process as /proc shows it; null if there is none, or it has ended. What cannot be
// seen is a gap in `look`.
const Process* running_process(FactReader& look, const std::string& unit);
}  // namespace checklist::checks
