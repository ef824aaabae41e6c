// SPDX-License-Identifier: MIT
#include "daemon/operator_records.hpp"

#include <utility>

#include "daemon/log.hpp"
#include "daemon/planned_outage.hpp"

namespace checklist::daemon {
OperatorRecords::OperatorRecords(event::Loop& loop, const config::Paths& paths,
                                 const std::string& boot_id, engine::Engine& engine)
    : boot_id_(boot_id),
      engine_(engine),
      acknowledged_file_(paths.records),
      exercises_file_(paths.exercises()),
      plan_file_(paths.exercises()),
      acknowledged_changed_(loop, acknowledged_file_.path(), [this] { reload_acknowledged(); }),
      exercises_changed_(loop, exercises_file_.path(), [this] { reload_exercises(); }),
      plan_changed_(loop, plan_file_.path(), [this] { reload_acknowledged(); }) {
  reload_acknowledged();
  reload_exercises();
}

// An unreadable file ends no acknowledgement: those read last remain active.
void OperatorRecords::reload_acknowledged() {
  auto content = acknowledged_file_.read();
  if (content.error.empty()) {
    acknowledged_ = std::move(content.records);
  } else {
    log(Level::warning,
        "cannot read acknowledgements, keeping the previous ones: " + content.error);
  }
  const auto plan = plan_file_.read();
  if (plan.error.empty()) {
    planned_ = planned_outage(plan.records, boot_id_);
  } else {
    log(Level::warning, "cannot read the plan of an exercise, ignoring it: " + plan.error);
  }
  Acknowledgements all = planned_;
  all.insert(acknowledged_.begin(), acknowledged_.end());
  engine_.acknowledge(std::move(all));
}

void OperatorRecords::reload_exercises() {
  auto content = exercises_file_.read();
  if (content.error.empty()) {
    engine_.know_exercises(std::move(content.records));
  } else {
    engine_.know_exercises(
        Unseen{"invalid", content.error, "correct or remove " + exercises_file_.path()});
  }
}
}  // namespace checklist::daemon
