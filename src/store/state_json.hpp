// SPDX-License-Identifier: MIT
// The state that is kept, and its text.
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

#include "store/forgotten_file.hpp"

namespace checklist::store {
// A Run and a Record of the vocabulary, in wall time.
struct KeptRun {
  WallTime ended;
  std::string boot_id;  // of the boot it ran in; empty: an earlier one than that which kept it
  std::string result;
  std::string exit_code;
  std::string exit_status;
  bool operator==(const KeptRun&) const = default;
};

// The definition a unit had in force; its files are looked at anew.
struct KeptDefinition {
  std::uint64_t digest = 0;                        // of what counts at a process's start
  std::uint64_t loaded_at = 0;                     // the manager's load, in µs of CLOCK_MONOTONIC
  std::optional<Duration> changed = std::nullopt;  // Definition.changed, likewise
  bool operator==(const KeptDefinition&) const = default;
};

struct KeptRecord {
  std::optional<KeptRun> last_run;
  std::optional<bool> started_by_boot;                  // of the state's boot
  std::set<std::uint64_t> cgroup_ids;                   // likewise
  std::optional<WallTime> last_trigger = std::nullopt;  // a timer's
  std::optional<WallTime> first_seen = std::nullopt;
  // Its moments are of the state's boot.
  std::optional<KeptDefinition> definition = std::nullopt;
  bool operator==(const KeptRecord&) const = default;
};

// What was counted in the journal, and up to which of its entries.
struct KeptMessages {
  std::string cursor;                             // of the last entry, by unit where it is another
  std::map<std::string, std::string> behind{};    // of those that were counted up to an earlier one
  std::map<std::string, MessageCounts> counts{};  // by unit
  bool operator==(const KeptMessages&) const = default;
};

struct State {
  std::string boot_id;
  std::map<std::string, std::map<std::string, Track>>
      checks;                                 // by unit (empty: the host), then check
  std::vector<Change> changes;                // newest first
  std::map<std::string, bool> specs;          // units that had a spec: whether it was enabled
  Forgotten heeded;                           // what we forgot, so that each time is heeded once
  std::map<std::string, KeptRecord> records;  // by unit
  KeptMessages journal{};
};

// A JSON object's text; that of an entry is made anew only when the entry differs from before.
template <class T>
class EntryTexts {
 public:
  void append(std::string& out, const std::map<std::string, T>& entries);

 private:
  struct Entry {
    T value;
    std::string text;  // with its name
  };

  std::map<std::string, Entry> entries_;
};

class StateText {
 public:
  std::string of(const State& state);

 private:
  EntryTexts<std::map<std::string, Track>> checks_;
  EntryTexts<KeptRecord> records_;
  EntryTexts<MessageCounts> counters_;
};

// Throws std::invalid_argument, with the reason, if it is none.
State state_from(const std::string& text);
}  // namespace checklist::store
