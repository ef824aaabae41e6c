// SPDX-License-Identifier: MIT
// The engine without the daemon: observes for as long as a command needs.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "checklist/report.hpp"

#include "engine/engine.hpp"
#include "event/loop.hpp"

namespace checklist::ctl {
class StandaloneEngine {
 public:
  // `user`: observes the caller's own manager. Reads what the daemon recorded in its state
  // directory (empty: the usual one).
  StandaloneEngine(bool user, config::Configuration configuration,
                   const std::string& state_directory = {});

  // Observes until every fact is known, or the time is over. Returns the report as of then; null if
  // the manager has not responded.
  std::shared_ptr<const Report> settle(Duration longest);
  // Observes until the predicate holds, or the time is over.
  void observe_until(const std::function<bool()>& done, Duration longest);

  [[nodiscard]] std::shared_ptr<const Report> report() const { return engine_.report(); }

  [[nodiscard]] bool settled() const { return engine_.settled(); }

  // For specs that no directory has, whose configurations are not tested. Must be called first.
  void disable_config_tests();

  // The loop on which it observes.
  [[nodiscard]] event::Loop& loop() { return loop_; }

  // Replaces the specs; facts that were read stay known.
  void replace_specs(config::Configuration configuration);

 private:
  event::Loop loop_;
  engine::Engine engine_;
};
}  // namespace checklist::ctl
