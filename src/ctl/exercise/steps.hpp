// SPDX-License-Identifier: MIT
// The steps of an exercise. Each does something with the unit, and says what came of it; its name
// is left empty. docs/checks/exercise.md says when each passes.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checklist/exercise_plan.hpp"
#include "checklist/facts/exercise.hpp"

#include "ctl/exercise/affected_units.hpp"
#include "ctl/exercise/restoration.hpp"
#include "ctl/exercise/systemctl.hpp"
#include "ctl/standalone_engine.hpp"

namespace checklist::ctl {
struct RunContext {
  StandaloneEngine& engine;  // evaluates `units` and then `specs`
  Systemctl& systemctl;
  const ObservedUnits& units;
  std::vector<config::Service> specs{};  // of the affected units
  Restoring restoring;
  bool toggles = true;
  std::function<bool()> interrupted;
  std::function<void(const ExercisePlan&)> keep;  // writes the plan
  std::function<void()> planned = [] {};          // waits for the daemon to read it
  std::function<void(const std::string& step)> began = [](auto&) {};  // of a step
  std::function<void(const ExerciseStep&)> ended = [](auto&) {};
};

class Steps {
 public:
  // Borrows its arguments. Must be constructed while everything is as it is found.
  Steps(const ExercisePlan& plan, const Affected& affected, const RunContext& context);

  [[nodiscard]] bool was_up() const { return was_up_; }

  [[nodiscard]] const ObservedUnit& unit() const { return unit_; }

  ExerciseStep stop();
  ExerciseStep released();
  ExerciseStep mask();
  ExerciseStep start();
  ExerciseStep ready();
  ExerciseStep disable();
  ExerciseStep enable();
  // Is not interrupted. `may_break`: units may fail soon after their start.
  ExerciseStep restored(bool may_break, std::vector<std::string>& not_restored);

 private:
  // Returns whether it became true before the time was over or the exercise was interrupted.
  bool wait(const std::function<bool()>& condition, Duration longest);
  Systemctl::Done call(const std::vector<std::string>& arguments);
  // Returns whether it was started since it was found.
  [[nodiscard]] bool has_started(const ObservedUnit& unit) const;
  // Returns why it does not run; empty if it does.
  std::string start_one(const ObservedUnit& unit);
  // Returns those of the units to be stopped that are not.
  [[nodiscard]] std::set<std::string> not_stopped() const;
  // Returns what was there before the exercise and is not now.
  [[nodiscard]] std::set<std::string> waited_for() const;
  // Returns "UNIT CHECK" for each check that passes.
  [[nodiscard]] std::set<std::string> passing() const;
  [[nodiscard]] Duration longest_settling() const;
  [[nodiscard]] UnitLinks links() const;

  const ExercisePlan& plan_;
  const Affected& affected_;
  const RunContext& context_;
  const ObservedUnit& unit_;
  const bool was_up_;
  const std::string no_mask_;  // as found
  const std::string no_toggle_;
  const std::set<std::string> addresses_;         // on which it listened
  const std::set<std::string> passing_;           // as passing(), before
  std::map<std::string, std::uint64_t> started_;  // ObservedUnit::started, by unit
};
}  // namespace checklist::ctl
