// SPDX-License-Identifier: MIT
// A call of checklistctl exercise. One at a time has the plan.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "config/configuration.hpp"
#include "ctl/command.hpp"
#include "ctl/exercise/exercise_setup.hpp"
#include "ctl/exercise/interruption.hpp"
#include "ctl/exercise/restoration.hpp"
#include "ctl/locations.hpp"
#include "store/json_records.hpp"

namespace checklist::ctl {
struct ExerciseOptions : LocationOptions {
  std::vector<std::string> units;
  std::string socket;  // of the daemon; empty: the usual one
  Duration longest_step{};
  bool yes = false;  // does not ask
  bool no_toggles = false;
};

class ExerciseSession {
 public:
  // Borrows the options.
  explicit ExerciseSession(const ExerciseOptions& options);

  // Exercises the units, whose specs are in the configuration. Throws std::system_error if the
  // records cannot be written.
  Exit run(config::Configuration configuration);

  // Restores what an exercise left that was killed. Throws likewise.
  Exit restore_left();

 private:
  [[nodiscard]] std::optional<store::RecordHold> try_hold() const;
  [[nodiscard]] Restoring restoring() const;
  Exit exercise_one(const std::string& unit, ExerciseSetup& setup,
                    const Interruption& interruption);

  const ExerciseOptions& options_;
  config::Paths paths_;
  store::ExercisePlanFile plans_;
  store::ExercisesFile results_;
  bool is_stopped_ = false;
};
}  // namespace checklist::ctl
