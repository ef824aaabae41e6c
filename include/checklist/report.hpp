// SPDX-License-Identifier: MIT
// The published results. Immutable and shared: an unchanged part keeps its pointer.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/acknowledgement.hpp"
#include "checklist/facts/manager.hpp"
#include "checklist/facts/unit.hpp"
#include "checklist/finding.hpp"
#include "checklist/spec.hpp"

namespace checklist {
// A check's status over time; kept in the state file.
struct Track {
  Status status = Status::unknown;
  WallTime since;  // when it became so
  std::array<std::uint64_t, 4>
      changes{};  // the number of changes to each status, indexed by Status
  bool operator==(const Track&) const = default;
};

struct CheckResult {
  std::string check;
  Findings findings;
  Track track;
  std::optional<Acknowledgement> acknowledged = std::nullopt;  // while it holds
  Severity severity = Severity::warning;                       // of a failure
  CheckClass kind = CheckClass::posture;

  [[nodiscard]] Status status() const { return track.status; }

  bool operator==(const CheckResult&) const = default;
};

// An exercise without its texts.
struct ExerciseSummary {
  WallTime at;                          // when it ended
  std::map<std::string, bool> success;  // by step, of those that were done
  bool operator==(const ExerciseSummary&) const = default;
};

// The unit's state, apart from the checks' verdicts. Unset values are absent.
struct UnitSummary {
  LoadState load = LoadState::other;
  ActiveState active = ActiveState::other;
  std::string sub;
  std::string fragment_path;
  std::string unit_file_state;
  std::optional<std::uint64_t> restarts;                   // NRestarts
  std::optional<WallTime> started;                         // when it last became active
  std::optional<WallTime> last_trigger = std::nullopt;     // a timer's
  std::optional<WallTime> next_elapse = std::nullopt;      // likewise
  std::optional<double> exposure = std::nullopt;           // systemd-analyze security, 0 to 10
  std::optional<ExerciseSummary> exercise = std::nullopt;  // the last one
  bool operator==(const UnitSummary&) const = default;
};

struct ServiceReport {
  std::string unit;
  std::string manager = "system";  // "system" or "user:NAME"
  std::string group;
  Severity severity = Severity::warning;
  bool enabled = true;
  UnitSummary summary;
  std::vector<CheckResult> checks;  // in the order of their names
  bool operator==(const ServiceReport&) const = default;
};

struct HostReport {
  std::string systemd_version;
  SystemState state = SystemState::other;
  std::vector<CheckResult> checks;
  std::optional<std::uint64_t> failed_units = std::nullopt;      // of the whole manager
  std::optional<std::uint64_t> nixos_generation = std::nullopt;  // the running one's number
  std::optional<bool> nixos_reboot_needed = std::nullopt;
  bool operator==(const HostReport&) const = default;
};

// A change of a check's status. The last hundred are kept.
struct Change {
  WallTime at;
  std::string manager;
  std::string unit;  // empty: a host check
  std::string check;
  Status from = Status::unknown;
  Status to = Status::unknown;
  std::string observed;  // of the deciding finding
  bool operator==(const Change&) const = default;
};

struct Report {
  std::uint64_t generation = 0;  // increases with each report of this process
  WallTime made;
  std::vector<std::shared_ptr<const ServiceReport>> services;  // sorted by manager, group, unit
  std::shared_ptr<const HostReport> host;
  std::shared_ptr<const std::vector<Change>> changes;  // newest first
};
}  // namespace checklist
