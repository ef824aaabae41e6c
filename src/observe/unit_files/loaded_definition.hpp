// SPDX-License-Identifier: MIT
// One unit's definition over time: what it was loaded from, what lies there now, and since when it
// is what it is. Knows files, and no bus.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "observe/unit_files/definition_files.hpp"
#include "observe/unit_files/unit_search.hpp"
#include "store/state_file.hpp"

namespace checklist::observe {
// What PID 1 tells of a unit.
struct UnitPaths {
  std::string id;
  std::vector<std::string> names;  // the canonical one first
  std::string fragment;
  std::vector<std::string> drop_ins;
  std::uint64_t run_began = 0;  // InactiveExitTimestampMonotonic

  [[nodiscard]] std::vector<std::string> all() const;
};

struct LoadContext {
  const std::string& root;  // put before every path; "" in earnest
  const UnitSearch& search;
  std::uint64_t loaded_at = 0;  // the manager's last load, in µs of CLOCK_MONOTONIC
  TimePoint now;
  WallTime wall;  // the same moment
  TimePoint boot_began;

  // On this boot's clock, by today's clocks. One that is not over yet was told by a clock that was
  // wrong: then nothing is known but that it was no change that we saw.
  [[nodiscard]] TimePoint moment(WallTime of) const;
};

// Of a previous process.
struct PreviousDefinition {
  const store::KeptDefinition* kept = nullptr;  // null: nothing was kept
  bool same_boot = false;
};

class LoadedDefinition {
 public:
  // The unit was loaded alone since it was last looked at: PID 1 had dropped it.
  void loaded_alone() { is_loaded_alone_ = true; }

  [[nodiscard]] bool is_loaded_alone() const { return is_loaded_alone_; }

  [[nodiscard]] bool is_initialised() const { return loaded_at_.has_value(); }

  // What PID 1 tells now. Looks at the files, and takes them for what was loaded where there was a
  // load since the last time.
  void take(const UnitPaths& paths, const PreviousDefinition& previous, const LoadContext& context);

  // What systemd would load now.
  [[nodiscard]] std::vector<DefinitionFile> on_disk(const UnitPaths& paths,
                                                    const LoadContext& context) const;

  [[nodiscard]] const std::vector<DefinitionFile>& files() const { return files_; }

  [[nodiscard]] std::optional<TimePoint> changed() const { return changed_; }

  [[nodiscard]] store::KeptDefinition kept() const;

 private:
  void initialise(const UnitPaths& paths, const PreviousDefinition& previous,
                  const DefinitionLook& look, const LoadContext& context);
  void store_files(const UnitPaths& paths, const DefinitionLook& look, const LoadContext& context);
  void extend(const DefinitionLook& look);
  void replace(std::uint64_t digest, TimePoint at, const UnitPaths& paths);

  std::vector<DefinitionFile> files_;
  std::uint64_t digest_ = 0;
  std::optional<TimePoint> changed_;

  struct Previous {
    std::uint64_t digest = 0;
    std::optional<TimePoint> changed = std::nullopt;
    TimePoint over;
  };

  std::deque<Previous> previous_;               // what was in force before, newest first
  std::map<std::string, std::string> scanned_;  // by file name, its drop-ins as it was loaded
  std::optional<std::uint64_t> loaded_at_;      // the manager's load it is of
  bool is_loaded_alone_ = false;
};
}  // namespace checklist::observe
