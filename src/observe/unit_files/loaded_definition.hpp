// SPDX-License-Identifier: MIT
// Tracks the definition of one unit: the files it was loaded from, the files on disk now, and the
// time of the last change. Uses files only, not the bus.
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
// Properties of the unit on D-Bus.
struct UnitPaths {
  std::string id;
  std::vector<std::string> names;  // the canonical one first
  std::string fragment;
  std::vector<std::string> drop_ins;
  std::string source{};         // SourcePath: what a generator made the unit from
  std::uint64_t run_began = 0;  // InactiveExitTimestampMonotonic

  [[nodiscard]] std::vector<std::string> all() const;
};

struct LoadContext {
  const std::string& root;  // prepended to every path; empty outside tests
  const UnitSearch& search;
  std::uint64_t loaded_at = 0;  // UnitsLoadTimestampMonotonic, in µs
  TimePoint now;
  WallTime wall;  // the same moment as `now`
  TimePoint boot_began;

  // Converts wall-clock time to the clock of this boot. A time in the future comes from a clock
  // that was wrong, and becomes a moment before the boot.
  [[nodiscard]] TimePoint moment(WallTime of) const;
};

// The record of the previous process.
struct PreviousDefinition {
  const store::KeptDefinition* kept = nullptr;  // null: there is none
  bool same_boot = false;
};

class LoadedDefinition {
 public:
  // Must be called if the unit was loaded without a daemon-reload, after PID 1 had dropped it.
  void loaded_alone() { is_loaded_alone_ = true; }

  [[nodiscard]] bool is_loaded_alone() const { return is_loaded_alone_; }

  [[nodiscard]] bool is_initialised() const { return loaded_at_.has_value(); }

  // Updates the definition: if the unit was loaded since the last call, the files on disk are taken
  // as the loaded ones.
  void take(const UnitPaths& paths, const PreviousDefinition& previous, const LoadContext& context);

  // Returns the files that systemd would load now.
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

  std::deque<Previous> previous_;               // definitions in force before, newest first
  std::map<std::string, std::string> scanned_;  // drop-ins at the last load, by file name
  std::optional<std::uint64_t> loaded_at_;      // LoadContext::loaded_at of the last load
  bool is_loaded_alone_ = false;
};
}  // namespace checklist::observe
