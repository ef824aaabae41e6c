// SPDX-License-Identifier: MIT
#include "ctl/exercise/exercise_session.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>
#include <utility>

#include "ctl/exercise/as_found.hpp"
#include "ctl/exercise/exercise_run.hpp"
#include "ctl/exercise/exercise_text.hpp"
#include "ctl/exercise/interruption.hpp"
#include "ctl/link/daemon_report.hpp"
#include "ctl/output.hpp"
#include "ctl/records.hpp"
#include "ctl/units.hpp"
#include "observe/journal/this_boot.hpp"

namespace checklist::ctl {
namespace {
using namespace std::chrono_literals;

constexpr Duration daemon_reads_within = 5s;
constexpr Duration longest_hold =
    2s;  // by a child of one that was killed, until it executes systemctl
constexpr Duration between_holds = 50ms;

// Waits until the daemon knows of the planned outage, so that it raises no alert. A daemon that
// does not respond, or does not know the unit, raises none.
void wait_for_daemon(const ExerciseOptions& options, const ExercisePlan& plan) {
  const DaemonOptions daemon{.socket = options.socket, .user = options.user};
  const auto deadline = std::chrono::steady_clock::now() + daemon_reads_within;
  while (std::chrono::steady_clock::now() < deadline) {
    const auto report = daemon_report(daemon);
    const auto row = std::ranges::find_if(report.services, [&](const auto& each) {
      return each->manager == own_manager(options.user) &&
             std::ranges::find(plan.names, each->unit) != plan.names.end();
    });
    if (row == report.services.end() || std::ranges::all_of((*row)->checks, [](const auto& check) {
          return check.acknowledged.has_value();
        })) {
      return;
    }
    std::this_thread::sleep_for(50ms);
  }
}
}  // namespace

ExerciseSession::ExerciseSession(const ExerciseOptions& options)
    : options_(options),
      paths_(own_paths(options.user)),
      plans_(paths_.exercises()),
      results_(paths_.exercises()) {}

Exit ExerciseSession::run(config::Configuration configuration) {
  const auto hold = try_hold();
  if (!hold) {
    return refuse("another checklistctl exercises units now");
  }
  const auto left = plans_.read();
  if (!left.error.empty() || !left.records.is_finished) {
    return refuse(left.error.empty()
                      ? "an exercise of " + left.records.unit + " was interrupted; run " +
                            restore_command(options_.user) + " first"
                      : left.error);
  }
  if (const auto results = results_.read(); !results.error.empty()) {
    return refuse(results.error + "; correct or remove it");
  }
  ExerciseSetup setup(options_.user, std::move(configuration));
  if (!setup.observe(options_.units)) {
    return refuse("no response from the service manager");
  }
  for (const std::string& unit : setup.exercised()) {
    if (const auto& why = setup.affected(unit).refused; !why.empty()) {
      return refuse(why);
    }
  }
  print_plan(setup, options_.user, !options_.no_toggles);
  if (!options_.yes && !is_confirmed()) {
    return refuse("nothing was done");
  }
  const Interruption interruption(setup.engine().loop());
  Exit out = Exit::pass;
  for (const std::string& unit : setup.exercised()) {
    const Exit one = exercise_one(unit, setup, interruption);
    out = std::max(out, one);
    if (is_stopped_) {
      break;
    }
  }
  return out;
}

Exit ExerciseSession::restore_left() {
  const auto hold = try_hold();
  if (!hold) {
    return refuse("another checklistctl exercises units now");
  }
  auto left = plans_.read();
  if (!left.error.empty()) {
    return refuse(left.error);
  }
  if (left.records.is_finished) {
    std::cout << "Nothing is left to restore.\n";
    return Exit::pass;
  }
  event::Loop loop;
  const Interruption ignored(loop);
  Systemctl systemctl(loop, options_.user);
  const auto failures = restore(left.records, restoring(), systemctl, true);
  if (!failures.empty()) {
    print_not_restored(failures, options_.user);
    return Exit::fail;
  }
  left.records.is_finished = true;
  left.records.until = WallTime{};
  plans_.write(left.records);
  std::cout << "Restored what the exercise of " << left.records.unit << " had changed.\n";
  return Exit::pass;
}

std::optional<store::RecordHold> ExerciseSession::try_hold() const {
  (void)store::AcknowledgedFile(paths_.records).hold();  // makes the directory above
  for (Duration waited{};; waited += between_holds) {
    auto hold = plans_.try_hold();
    if (hold || waited >= longest_hold) {
      return hold;
    }
    std::this_thread::sleep_for(between_holds);
  }
}

Restoring ExerciseSession::restoring() const {
  return {.directories = link_directories(options_.user),
          .boot_id = observe::this_boot().id,
          .longest = options_.longest_step};
}

Exit ExerciseSession::exercise_one(const std::string& unit, ExerciseSetup& setup,
                                   const Interruption& interruption) {
  Systemctl systemctl(setup.engine().loop(), options_.user);
  RunContext context{.engine = setup.engine(),
                     .systemctl = systemctl,
                     .units = setup.units(),
                     .specs = setup.evaluate_specs(unit),
                     .restoring = restoring(),
                     .toggles = !options_.no_toggles,
                     .interrupted = [&interruption] { return interruption.has_come(); },
                     .keep = [this](const ExercisePlan& plan) { plans_.write(plan); }};
  const Affected& affected = setup.affected(unit);
  ExercisePlan plan = plan_of(unit, affected, setup.units(), context.restoring.directories);
  plan.by = invoking_user();
  plan.boot_id = context.restoring.boot_id;
  context.planned = [this, plan] { wait_for_daemon(options_, plan); };
  context.began = print_began;
  context.ended = print_ended;
  std::cout << unit << std::endl;
  RunResult result = exercise(std::move(plan), affected, context);
  is_stopped_ = result.interrupted || !result.not_restored.empty();
  if (!result.not_restored.empty()) {
    print_not_restored(result.not_restored, options_.user);
  }
  if (result.interrupted) {
    std::cerr << "checklistctl: interrupted"
              << (result.not_restored.empty() ? ", everything is as it was found" : "") << "\n";
    return Exit::fail;
  }
  const bool failed = std::ranges::any_of(
      result.exercise.steps, [](const auto& step) { return step.outcome == Outcome::failed; });
  auto results = results_.read().records;
  results[unit] = std::move(result.exercise);
  results_.write(results);
  return failed ? Exit::fail : Exit::pass;
}
}  // namespace checklist::ctl
