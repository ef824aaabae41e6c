// SPDX-License-Identifier: MIT
// Runs the store of facts, the observers and the evaluation on the loop: takes specs, and makes a
// new Report whenever a result differs.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checklist/figures.hpp"

#include "bus/bus.hpp"
#include "config/configuration.hpp"
#include "engine/evaluation.hpp"
#include "event/coalesced.hpp"
#include "event/loop.hpp"
#include "store/state_file.hpp"

namespace checklist::engine {
class Observers;

class Engine {
 public:
  // `manager` as in ServiceReport. Calls `on_report` with every new report, from the loop.
  Engine(event::Loop& loop, bus::Scope scope, std::string manager,
         config::Configuration configuration, std::function<void(const Report&)> on_report);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] std::shared_ptr<const Report> report() const;
  [[nodiscard]] bool settled() const;
  [[nodiscard]] EngineFigures figures() const;

  // Replaces the specs; statuses and times carry over, and facts stay known.
  void replace_specs(config::Configuration configuration);
  // Likewise, and every fact is read again.
  void reconfigure(config::Configuration configuration);
  // Takes what that user's own instance published.
  void merge(const std::string& user, UserReports::Services services,
             std::set<std::string> failed_units);
  // Restore what a previous process saved: statuses and changes, and the units that had a spec.
  void resume(StatusHistory::Tracks tracks, std::vector<Change> changes);
  void know_specs(std::map<std::string, bool> specs);
  // Replaces the exercises that checklistctl recorded.
  void know_exercises(Observed<Exercises> records);
  // Replaces all acknowledgements.
  void acknowledge(Acknowledgements acknowledged);
  // Users' instances cannot publish to this engine. Must be called before the loop runs.
  void disable_publishers(Unseen why);
  // No configuration is tested. Must be called before the loop runs.
  void disable_config_tests(Unseen why);
  [[nodiscard]] StatusHistory::Tracks tracks() const;
  // Changes whenever tracks() or the report's change list changes; reconfigure() resets it.
  [[nodiscard]] std::uint64_t status_changes() const;
  // Starts record keeping (daemon only). Must be called before the loop runs.
  void begin_records();
  // Restores the records of units that a previous process saved.
  void restore_records(const store::State& state);
  // Returns the records of these units and of those that a check reads.
  [[nodiscard]] std::map<std::string, store::KeptRecord> records(std::set<std::string> units) const;
  // Changes whenever records() changes.
  [[nodiscard]] std::uint64_t record_changes() const;
  // Likewise for counted journal messages. Must be called before the loop runs. Calls `counted`
  // from the loop after messages were counted.
  void restore_messages(const store::KeptMessages& kept, std::function<void()> counted);
  [[nodiscard]] store::KeptMessages messages() const;
  [[nodiscard]] std::uint64_t message_changes() const;

 private:
  std::unique_ptr<event::Coalesced> evaluation_source();
  void evaluate();
  void wake();
  void resync_later();
  void fact_arrived();

  event::Loop& loop_;
  std::string manager_;
  Facts facts_;
  std::unique_ptr<Evaluation> evaluation_;
  std::function<void(const Report&)> on_report_;
  std::function<void()> on_counted_ = [] {};
  DurationTotal evaluation_duration_;
  std::unique_ptr<event::Coalesced> evaluate_;
  event::Source due_;
  event::Source resync_;
  // Of facts that no check reads any more: when everything is known, and on each resync.
  enum class Sweep { not_due, when_settled, due } sweep_ = Sweep::not_due;
  std::unique_ptr<Observers> observers_;
};
}  // namespace checklist::engine
