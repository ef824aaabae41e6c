// SPDX-License-Identifier: MIT
// The daemon's kept state, and its JSON.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checklist/facts/journal.hpp"
#include "checklist/report.hpp"
#include "checklist/time.hpp"

#include "store/json_records.hpp"

namespace checklist::store {
// A Run (facts/history.hpp) in wall time.
struct KeptRun {
  WallTime ended;
  std::string boot_id;  // of its boot; empty: of a boot before the one that stored it
  std::string result;
  std::string exit_code;
  std::string exit_status;
  bool operator==(const KeptRun&) const = default;
};

// The definition a unit had in force. Its files are not kept, but read again. Times are those of
// the state's boot.
struct KeptDefinition {
  std::uint64_t digest = 0;     // of the settings that apply at a process's start
  std::uint64_t loaded_at = 0;  // the manager's load, in µs of CLOCK_MONOTONIC
  std::optional<Duration> changed = std::nullopt;  // Definition.changed, as CLOCK_MONOTONIC
  bool operator==(const KeptDefinition&) const = default;
};

// A Record (facts/history.hpp) in wall time.
struct KeptRecord {
  std::optional<KeptRun> last_run;
  std::optional<bool> started_by_boot;                  // of the state's boot
  std::set<std::uint64_t> cgroup_ids;                   // of the state's boot
  std::optional<WallTime> last_trigger = std::nullopt;  // a timer's
  std::optional<WallTime> first_seen = std::nullopt;
  std::optional<KeptDefinition> definition = std::nullopt;
  bool operator==(const KeptRecord&) const = default;
};

// Counts of journal messages, and the cursors up to which they were counted.
struct KeptMessages {
  std::string cursor;  // of the last entry counted, for units not in `behind`
  std::map<std::string, std::string>
      behind{};  // the cursors of units counted up to an earlier entry
  std::map<std::string, MessageCounts> counts{};  // by unit
  bool operator==(const KeptMessages&) const = default;
};

struct State {
  std::string boot_id;
  std::map<std::string, std::map<std::string, Track>>
      checks;                                 // by unit (empty: the host), then check
  std::vector<Change> changes;                // newest first
  std::map<std::string, bool> specs;          // whether the spec was enabled, by unit
  Forgotten forgotten;                        // the entries of ForgottenFile that were applied
  std::map<std::string, KeptRecord> records;  // by unit
  KeptMessages journal{};
};

// The text of a JSON object, with a cache: an unchanged entry is not printed again.
template <class T>
class EntryTexts {
 public:
  // Appends the object's text to `out`.
  void append(std::string& out, const std::map<std::string, T>& entries);

 private:
  struct Entry {
    T value;
    std::string text;  // including the key
  };

  std::map<std::string, Entry> entries_;
};

// Prints a state; caches the entries that rarely change.
class StateText {
 public:
  std::string of(const State& state);

 private:
  EntryTexts<std::map<std::string, Track>> checks_;
  EntryTexts<KeptRecord> records_;
  EntryTexts<MessageCounts> counters_;
};

// Parses a state. Throws std::invalid_argument if the text is invalid or of a newer version.
State state_from(const std::string& text);
}  // namespace checklist::store
