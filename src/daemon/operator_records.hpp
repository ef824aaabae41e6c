// SPDX-License-Identifier: MIT
// What people acknowledged and exercised, as checklistctl recorded it, for the engine.
#pragma once
#include <string>

#include "checklist/acknowledgement.hpp"

#include "config/paths.hpp"
#include "engine/engine.hpp"
#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "store/json_records.hpp"

namespace checklist::daemon {
class OperatorRecords {
 public:
  // Passes the records to the engine, now and whenever a file changes.
  OperatorRecords(event::Loop& loop, const config::Paths& paths, const std::string& boot_id,
                  engine::Engine& engine);

 private:
  void reload_acknowledged();
  void reload_exercises();

  std::string boot_id_;
  engine::Engine& engine_;
  store::AcknowledgedFile acknowledged_file_;
  store::ExercisesFile exercises_file_;
  store::ExercisePlanFile plan_file_;
  Acknowledgements acknowledged_;  // by `checklistctl ack`
  Acknowledgements planned_;       // by an exercise under way
  event::PathWatch acknowledged_changed_;
  event::PathWatch exercises_changed_;
  event::PathWatch plan_changed_;
};
}  // namespace checklist::daemon
