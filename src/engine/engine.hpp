// SPDX-License-Identifier: MIT
// The store of facts, the observers and the evaluation, wired on the loop: specs in, a new Report
// out whenever one differs.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checklist/duration_histogram.hpp"

#include "bus/bus.hpp"
#include "config/configuration.hpp"
#include "engine/evaluation.hpp"
#include "engine/observer_state.hpp"
#include "event/coalesced.hpp"
#include "event/loop.hpp"
#include "observe/proc/usage_sampler.hpp"
#include "store/state_file.hpp"

namespace checklist::engine {
struct Observers;

struct Figures {  // of the engine's own work
  bool bus_up = false;
  std::uint64_t bus_reconnects = 0;
  std::uint64_t signals = 0;
  std::uint64_t evaluations = 0;
  DurationHistogram evaluation_durations{DurationHistogram::computations};
  std::vector<ObserverState> observers{};
  std::map<std::string, DurationHistogram> probes{};  // by the spec's unit
  std::map<std::string, observe::Usage> usages{};     // likewise
  std::map<std::string, MessageCounts> messages{};    // likewise, of those with journal_errors
};

class Engine {
 public:
  // `manager` as in ServiceReport; `on_report` hears of every new report, from the loop.
  Engine(event::Loop& loop, bus::Scope scope, std::string manager,
         config::Configuration configuration, std::function<void(const Report&)> on_report);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] std::shared_ptr<const Report> report() const;
  [[nodiscard]] bool settled() const;
  [[nodiscard]] Figures figures() const;

  // New specs; statuses and times carry over, everything is observed anew.
  void reconfigure(config::Configuration configuration);
  // What that user's own instance published.
  void merge(const std::string& user, Published::Services services);
  // What a former process kept: statuses and changes, and the units that had a spec.
  void resume(Turns::Tracks tracks, std::vector<Change> changes);
  void know_specs(std::map<std::string, bool> specs);
  // What checklistctl wrote down; the former ones are gone.
  void acknowledge(Acknowledgements acknowledged);
  // For an engine to which no user's instance publishes. Before the loop runs.
  void hear_nobody(Unseen why);
  [[nodiscard]] Turns::Tracks tracks() const;
  // While this stays, tracks() and the report's changes do; it starts anew with reconfigure().
  [[nodiscard]] std::uint64_t turns() const;
  // For an engine that stays and keeps records. Before the loop runs.
  void begin_records();
  // What it has seen of units and nobody else remembers, for the next process.
  void restore_records(const store::State& state);
  // Of these units, and of those that a check asks about.
  [[nodiscard]] std::map<std::string, store::KeptRecord> records(std::set<std::string> units) const;
  // While this stays, records() do.
  [[nodiscard]] std::uint64_t record_changes() const;
  // Likewise for what is counted in the journal, before the loop runs. `counted` is called from the
  // loop after something was.
  void restore_messages(const store::KeptMessages& kept, std::function<void()> counted);
  [[nodiscard]] store::KeptMessages messages() const;
  [[nodiscard]] std::uint64_t message_changes() const;

 private:
  std::unique_ptr<event::Coalesced> evaluation_source();
  void evaluate();
  void wake();
  void fact_arrived();

  event::Loop& loop_;
  std::string manager_;
  Facts facts_;
  std::unique_ptr<Evaluation> evaluation_;
  std::function<void(const Report&)> on_report_;
  std::function<void()> on_counted_ = [] {};
  DurationHistogram evaluation_durations_{DurationHistogram::computations};
  std::unique_ptr<event::Coalesced> evaluate_;
  event::Source due_;
  event::Source resync_;
  bool sweep_is_due_ = false;  // of facts nobody asks for any more
  std::unique_ptr<Observers> observers_;
};
}  // namespace checklist::engine
