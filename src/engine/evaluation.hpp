// SPDX-License-Identifier: MIT
// Facts to report: evaluates the services whose facts changed or whose moment came, keeps what is
// still pending as it was, and makes a new Report only if something differs. Pure but for the store
// it reads; the engine feeds it.
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checklist/facts.hpp"
#include "checklist/report.hpp"

#include "config/configuration.hpp"
#include "engine/published.hpp"

namespace checklist::engine {
struct Now {
  TimePoint moment;
  WallTime wall;
};

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

  // Takes over statuses, times and changes of a former evaluation: after a reload, and from the
  // state file.
  using Tracks =
      std::map<std::string, std::map<std::string, Track>>;  // by unit (empty: the host), then check
  void resume(const Tracks& tracks, const std::vector<Change>& changes);
  [[nodiscard]] Tracks tracks() const;
  // Counts generations on from there and keeps what other managers published.
  void continue_after(const Evaluation& former);

  [[nodiscard]] const std::deque<Change>& changes() const { return changes_; }

 private:
  struct Wait {
    TimePoint until;  // so long the former status holds
    bool given_up = false;
  };

  void evaluate_service(std::size_t index, Now now);
  void evaluate_host(Now now);
  CheckResult judge(const std::string& unit, std::string_view check, Findings findings,
                    bool pending, const CheckResult* former, Now now);
  UnitSummary summarize(View& see);
  void publish(Now now);

  Facts& facts_;
  config::Configuration configuration_;
  std::string manager_;
  Spec nothing_;
  std::vector<std::shared_ptr<const ServiceReport>> services_;
  Published published_;
  WallTime began_;
  std::shared_ptr<const HostReport> host_;
  std::shared_ptr<const Report> report_;
  std::map<Reader, TimePoint> due_;
  std::map<Reader, Wait> waiting_;  // readers of a pending fact
  Tracks resumed_;
  std::deque<Change> changes_;
  std::uint64_t evaluations_ = 0;
  std::uint64_t generation_ = 0;
  bool changed_ = true;
};
}  // namespace checklist::engine
