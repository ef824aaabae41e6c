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
// One end of a unit's run, as PID 1 journalled it.
struct Run {
  TimePoint ended;  // on this boot's clock; a run of an earlier boot lies before the boot
  bool this_boot = true;
  std::string result;       // UNIT_RESULT: "success", "exit-code", "signal", "timeout", …
  std::string exit_code;    // "exited", "killed", "dumped"; empty if not told
  std::string exit_status;  // "3", "KILL"; empty if not told
  bool operator==(const Run&) const = default;
};

// A start that did not happen: its job ended without the unit starting, or a condition failed.
struct Refusal {
  TimePoint at;
  bool this_boot = true;
  std::string result;  // JOB_RESULT: "dependency", "timeout", "canceled", …; "condition" for a
                       // skipped start
  std::string what;    // the message as PID 1 wrote it
  bool operator==(const Refusal&) const = default;
};

// A unit's past from PID 1's own journal entries; it survives unload, reload, reboot and our own
// absence.
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

// What only we can have seen of a unit, kept in the state file.
struct Record {
  std::optional<Run> last_run;  // a oneshot's, as a reserve for a vacuumed journal
  std::optional<bool>
      started_by_boot;                 // this boot: it became active while SystemState was starting
  std::set<std::uint64_t> cgroup_ids;  // every ControlGroupId it had in this boot
  std::optional<TimePoint> last_trigger = std::nullopt;  // a timer's, of any boot
  std::optional<TimePoint> first_seen = std::nullopt;    // when we first followed it
  bool operator==(const Record&) const = default;
};

struct RecordKey {
  std::string unit;
  using Fact = Record;
  auto operator<=>(const RecordKey&) const = default;
};
}  // namespace checklist
