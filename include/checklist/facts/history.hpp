// SPDX-License-Identifier: MIT
// A unit's past: from the journal, and from the daemon's own records.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
// The end of a unit's run, from PID 1's journal entry.
struct Run {
  TimePoint ended;  // on this boot's clock; before the boot for a run of an earlier boot
  bool this_boot = true;
  std::string result;       // UNIT_RESULT: "success", "exit-code", "signal", "timeout", …
  std::string exit_code;    // "exited", "killed", "dumped"; empty if unknown
  std::string exit_status;  // "3", "KILL"; empty if unknown
  bool operator==(const Run&) const = default;
};

// A start that did not happen: the job ended without starting the unit, or a condition failed.
struct Refusal {
  TimePoint at;
  bool this_boot = true;
  std::string result;  // JOB_RESULT: "dependency", "timeout", "canceled", …; "condition" for a
                       // skipped start
  std::string what;    // the message as PID 1 wrote it
  bool operator==(const Refusal&) const = default;
};

// A unit's past from PID 1's own journal entries. Survives unload, reload, reboot and a stop of the
// daemon.
struct History {
  std::optional<Run> last_run;            // the last run that ended
  std::optional<TimePoint> last_started;  // the last start job that was done
  std::optional<Refusal> last_refusal;    // the last start, if it was refused
  std::vector<TimePoint> restarts;  // automatic restarts of this boot, oldest first, the last 64
  bool operator==(const History&) const = default;
};

struct HistoryKey {
  std::string unit;
  using Fact = History;
  auto operator<=>(const HistoryKey&) const = default;
};

// What only the daemon observes of a unit; kept in the state file.
struct Record {
  std::optional<Run> last_run;  // a oneshot's, if the journal was vacuumed
  std::optional<bool>
      started_by_boot;                 // in this boot: became active while SystemState was starting
  std::set<std::uint64_t> cgroup_ids;  // every ControlGroupId it had in this boot
  std::optional<TimePoint> last_trigger = std::nullopt;  // a timer's, of any boot
  std::optional<TimePoint> first_seen = std::nullopt;    // when the daemon first observed it
  bool operator==(const Record&) const = default;
};

struct RecordKey {
  std::string unit;
  using Fact = Record;
  auto operator<=>(const RecordKey&) const = default;
};
}  // namespace checklist
