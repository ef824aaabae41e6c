// SPDX-License-Identifier: MIT
// The daemon: configuration → engine → report → web, log, status, state; until it is told to stop.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "daemon/known_specs.hpp"
#include "daemon/options.hpp"
#include "daemon/report_link.hpp"
#include "daemon/web.hpp"
#include "engine/engine.hpp"
#include "event/loop.hpp"
#include "event/path_watch.hpp"
#include "store/acknowledged_file.hpp"
#include "store/background_sync.hpp"
#include "store/forgotten_file.hpp"
#include "store/state_file.hpp"

namespace checklist::daemon {
class App {
 public:
  App(const Options& options, config::Configuration configuration);

  int run();

 private:
  void listen();
  void restore();
  void reload();
  void heed_forgotten();
  void heed_acknowledged();

  void heed_limits(const config::Limits& limits) {
    web_.limit({.findings = limits.findings, .text_bytes = limits.text_bytes});
    if (receiver_) {
      receiver_->limit(limits.report_bytes);
    }
  }

  void take(const Report& report);
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
  store::AcknowledgedFile acknowledged_file_;
  std::string boot_id_;
  bool config_ok_ = true;
  bool ready_ = false;
  bool save_failed_ = false;
  // What the state file says: by the turns, the record changes and the counted messages.
  std::optional<std::tuple<std::uint64_t, std::uint64_t, std::uint64_t>> saved_;
  KnownSpecs specs_;
  std::size_t loaded_ = 0;  // how many specs are in force
  WallTime config_loaded_;
  WallTime newest_change_;
  config::Limits limits_;  // those at the start; the configuration goes to the engine
  engine::Engine engine_;
  Web web_;
  std::optional<ReportSender> sender_;      // in a user's instance
  std::optional<ReportReceiver> receiver_;  // in the system's instance
  observe::PathWatch forgotten_changed_;
  observe::PathWatch acknowledged_changed_;
  event::Source hang_up_;
  event::Source terminate_;
  event::Source interrupt_;
  event::Source patience_;
  event::Source save_soon_;
  event::Source sync_soon_;
  bool sync_is_due_ = false;
};

// Prints every problem; whether there is none.
bool usable(const config::Loaded& loaded);
}  // namespace checklist::daemon
