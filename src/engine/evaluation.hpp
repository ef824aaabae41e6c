// SPDX-License-Identifier: MIT
// Turns facts into reports: evaluates the services whose facts changed or whose time has come,
// keeps the previous result of a check that is pending, and makes a new Report only if something
// differs. Does no I/O.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checklist/facts/store.hpp"
#include "checklist/report.hpp"

#include "config/configuration.hpp"
#include "engine/active_acknowledgements.hpp"
#include "engine/now.hpp"
#include "engine/status_history.hpp"
#include "engine/user_reports.hpp"

namespace checklist::engine {
class Evaluation {
 public:
  // Borrows the facts. The first run() evaluates everything.
  Evaluation(Facts& facts, config::Configuration configuration, std::string manager);

  // Evaluates what is marked or due. Returns whether there is a new report.
  bool run(Now now);

  [[nodiscard]] std::shared_ptr<const Report> report() const { return report_; }

  // Returns whether no check is pending.
  [[nodiscard]] bool settled() const { return pending_.empty(); }

  // Returns when run() must be called even if no fact changes.
  [[nodiscard]] std::optional<TimePoint> due() const;

  [[nodiscard]] const config::Configuration& configuration() const { return configuration_; }

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
  using PendingCheck = std::pair<Reader, std::string_view>;  // a service and its check
  enum class Grace { not_needed, active, expired };

  void evaluate_service(std::size_t index, Now now);
  void evaluate_host(Now now);
  template <class Sees, class Checks>
  std::vector<CheckResult> results(Reader reader, const std::string& unit, Sees& view,
                                   const Checks& checks, const std::vector<CheckResult>& previous,
                                   Now now);
  Grace track_pending(const PendingCheck& check, bool is_pending, TimePoint now);
  void note_due(Reader reader, const View& view);
  void publish(Now now);

  Facts& facts_;
  config::Configuration configuration_;
  std::string manager_;
  std::string user_;  // the manager's user; empty: the system's manager
  Spec nothing_;
  std::vector<std::shared_ptr<const ServiceReport>> services_;
  UserReports user_reports_;
  ActiveAcknowledgements acknowledgements_;
  WallTime began_;
  Now boot_epoch_{};  // taken once, so that converted times do not drift
  std::shared_ptr<const HostReport> host_;
  std::shared_ptr<const Report> report_;
  std::map<Reader, TimePoint> due_;
  std::map<PendingCheck, TimePoint> pending_;  // the end of each grace period
  TimePoint last_run_;
  StatusHistory history_;
  std::uint64_t evaluations_ = 0;
  std::uint64_t generation_ = 0;
  bool changed_ = true;
};
}  // namespace checklist::engine
