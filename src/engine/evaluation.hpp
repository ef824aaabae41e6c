// SPDX-License-Identifier: MIT
// Turns facts into reports: evaluates the checks whose facts changed or whose time has come, keeps
// the previous result of a check that is pending, and makes a new Report only if something differs.
// Does no I/O.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "checklist/facts/store.hpp"
#include "checklist/report.hpp"

#include "config/configuration.hpp"
#include "engine/active_acknowledgements.hpp"
#include "engine/deadlines.hpp"
#include "engine/now.hpp"
#include "engine/status_history.hpp"
#include "engine/user_reports.hpp"

namespace checklist::engine {
class Evaluation {
 public:
  // Borrows the facts and takes the place of all their readers. The first run() evaluates
  // everything.
  Evaluation(Facts& facts, config::Configuration configuration, std::string manager);

  // Evaluates what is marked or due. Returns whether there is a new report.
  bool run(Now now);

  [[nodiscard]] std::shared_ptr<const Report> report() const { return report_; }

  // Returns whether no check is pending.
  [[nodiscard]] bool settled() const { return pending_.empty(); }

  // Returns when run() must be called even if no fact changes.
  [[nodiscard]] std::optional<TimePoint> due() const;

  [[nodiscard]] const config::Configuration& configuration() const { return configuration_; }

  // Returns the number of evaluations of a check.
  [[nodiscard]] std::uint64_t evaluations() const { return evaluations_; }

  // Replaces the services of another manager by those that its own instance published.
  void merge(const std::string& manager, UserReports::Services services, TimePoint now);

  // Replaces all acknowledgements; each is published with its check until it expires.
  void acknowledge(Acknowledgements acknowledged);

  // Restores what a previous process saved.
  void resume(StatusHistory::Tracks tracks, std::vector<Change> changes);
  [[nodiscard]] StatusHistory::Tracks tracks() const;

  // Changes whenever tracks() or the report's change list changes.
  [[nodiscard]] std::uint64_t status_changes() const { return history_.count(); }

  // Continues the evaluation of the previous configuration.
  void continue_after(const Evaluation& previous);

 private:
  // What a reader of facts evaluates.
  struct Part {
    std::size_t owner;                 // the index of a service; after them the host
    std::optional<std::size_t> check;  // its index; none: the summary
  };

  enum class Grace { not_needed, active, expired };

  void add_readers(std::size_t owner, std::size_t checks);
  void evaluate_service(std::span<const Reader> readers, Now now);
  [[nodiscard]] std::shared_ptr<ServiceReport> blank_report(const config::Service& service) const;
  UnitSummary summary(Reader reader, const config::Service& service, Now now);
  void evaluate_host(std::span<const Reader> readers, Now now);
  void summarize_host(HostReport& out, HostView& view);
  template <class Check, class Sees>
  CheckResult result(Reader reader, const std::string& unit, const Check& check, Sees& view,
                     const CheckResult* previous, Now now);
  Grace track_pending(Reader reader, TimePoint now);
  void publish(Now now);

  Facts& facts_;
  config::Configuration configuration_;
  std::string manager_;
  std::string user_;  // the manager's user; empty: the system's manager
  Spec nothing_;
  std::vector<Spec> specs_;  // of users and of this manager, as host checks see them
  std::vector<Part> parts_;  // by reader; those of one owner are neighbours, the summary first
  Reader host_summary_ = 0;
  std::vector<std::shared_ptr<const ServiceReport>> services_;
  UserReports user_reports_;
  ActiveAcknowledgements acknowledgements_;
  WallTime began_;
  Now boot_epoch_{};                       // taken once, so that converted times do not drift
  std::vector<CheckResult> host_results_;  // including those that do not apply to the host
  std::shared_ptr<const HostReport> host_;
  std::shared_ptr<const Report> report_;
  Deadlines wakes_;                      // that checks asked for
  Deadlines graces_;                     // of pending checks
  std::map<Reader, TimePoint> pending_;  // since when each waits
  std::size_t arrivals_ = 0;             // Facts::arrivals() at the last run
  TimePoint last_arrival_;
  StatusHistory history_;
  std::uint64_t evaluations_ = 0;
  std::uint64_t generation_ = 0;
  bool changed_ = true;
};
}  // namespace checklist::engine
