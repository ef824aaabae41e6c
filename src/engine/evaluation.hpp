// SPDX-License-Identifier: MIT
// Facts to report: evaluates the services whose facts changed or whose moment came, keeps what is
// still pending as it was, and makes a new Report only if something differs. Pure but for the store
// it reads; the engine feeds it.
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
#include "engine/acknowledged.hpp"
#include "engine/now.hpp"
#include "engine/published.hpp"
#include "engine/turns.hpp"

namespace checklist::engine {
class Evaluation {
 public:
  // Borrows the facts. Everything is marked at first.
  Evaluation(Facts& facts, config::Configuration configuration, std::string manager);

  // Evaluates what is marked or due. Whether there is a new report.
  bool run(Now now);

  [[nodiscard]] std::shared_ptr<const Report> report() const { return report_; }

  // Whether nothing that was asked for is pending.
  [[nodiscard]] bool settled() const { return waiting_.empty(); }

  // When run() is due though nothing changes.
  [[nodiscard]] std::optional<TimePoint> due() const;

  [[nodiscard]] const config::Configuration& configuration() const { return configuration_; }

  [[nodiscard]] std::uint64_t evaluations() const { return evaluations_; }

  // The services of another manager, as its own instance published them: they replace the former of
  // that manager.
  void merge(const std::string& manager, Published::Services services, TimePoint now);

  // What somebody knows of: published with the checks until its time has come.
  void acknowledge(Acknowledgements acknowledged);

  // Takes over what a former process kept.
  void resume(Turns::Tracks tracks, std::vector<Change> changes);
  [[nodiscard]] Turns::Tracks tracks() const;

  // While this stays, tracks() and the report's changes do.
  [[nodiscard]] std::uint64_t turns() const { return turns_.count(); }

  // Goes on where the evaluation of a former configuration stands.
  void continue_after(const Evaluation& former);

 private:
  using Waiter = std::pair<Reader, std::string_view>;  // a check that read a pending fact
  enum class Patience { not_needed, lasts, is_over };

  void evaluate_service(std::size_t index, Now now);
  void evaluate_host(Now now);
  template <class Sees, class Checks>
  std::vector<CheckResult> results(Reader reader, const std::string& unit, Sees& view,
                                   const Checks& checks, const std::vector<CheckResult>& former,
                                   Now now);
  Patience wait_if(const Waiter& waiter, bool is_pending, TimePoint now);
  void note_due(Reader reader, const View& view);
  void publish(Now now);

  Facts& facts_;
  config::Configuration configuration_;
  std::string manager_;
  std::string user_;  // whose manager it is; empty: the system's
  Spec nothing_;
  std::vector<std::shared_ptr<const ServiceReport>> services_;
  Published published_;
  Acknowledged acknowledged_;
  WallTime began_;
  Now boot_epoch_{};  // one moment on both clocks: if it were taken anew, times would wander
  std::shared_ptr<const HostReport> host_;
  std::shared_ptr<const Report> report_;
  std::map<Reader, TimePoint> due_;
  std::map<Waiter, TimePoint> waiting_;  // until when their former status holds
  TimePoint last_run_;
  Turns turns_;
  std::uint64_t evaluations_ = 0;
  std::uint64_t generation_ = 0;
  bool changed_ = true;
};
}  // namespace checklist::engine
