// SPDX-License-Identifier: MIT
// The daemon: configuration → engine → report → web, log, sd_notify status and state file.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "config/web/web_file.hpp"
#include "daemon/known_specs.hpp"
#include "daemon/operator_records.hpp"
#include "daemon/options.hpp"
#include "daemon/report_link.hpp"
#include "daemon/web.hpp"
#include "engine/engine.hpp"
#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "store/background_sync.hpp"
#include "store/json_records.hpp"
#include "store/state_file.hpp"

namespace checklist::daemon {
class App {
 public:
  // `options` must outlive the App. Throws std::system_error if an address cannot be listened on.
  App(const Options& options, config::Configuration configuration, const config::WebConfig& web);

  // Runs until SIGTERM or SIGINT; returns the exit status.
  int run();

 private:
  void listen();
  void restore();
  void reload();
  void reload_forgotten();

  void select(const render::Selection& selection) {
    web_.select(selection);
    if (receiver_) {
      receiver_->limit(selection.limits.report_bytes);
    }
  }

  void on_report(const Report& report);
  void log_changes(const Report& report);
  void become_ready();
  void save();
  [[nodiscard]] store::State state(const Report& report) const;
  void sync();
  void sync_later();
  [[nodiscard]] render::Figures figures();

  const Options& options_;
  event::Loop loop_;
  store::StateFile state_file_;
  store::BackgroundSync state_sync_;
  store::ForgottenFile forgotten_file_;
  std::string boot_id_;
  bool config_ok_ = true;
  bool ready_ = false;
  bool save_failed_ = false;
  // The version of the state file: status changes, record changes and message changes.
  std::optional<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>> saved_;
  KnownSpecs specs_;
  std::size_t loaded_ = 0;  // specs in force
  WallTime config_loaded_;
  std::optional<Change> logged_;  // the newest change that is in the log
  render::Selection selection_;   // from the start-up configuration
  engine::Engine engine_;
  Web web_;
  std::optional<ReportSender> sender_;      // in a user's instance
  std::optional<ReportReceiver> receiver_;  // in the system's instance
  event::PathWatch forgotten_changed_;
  OperatorRecords operator_records_;
  event::Source sighup_;
  event::Source sigterm_;
  event::Source sigint_;
  event::Source ready_deadline_;
  event::Source save_soon_;
  event::Source sync_soon_;
  bool sync_is_due_ = false;
};

// Logs every problem; returns whether there is none.
bool usable(const config::Loaded& loaded);
}  // namespace checklist::daemon
