// SPDX-License-Identifier: MIT
#include "ctl/standalone_engine.hpp"

#include <utility>

#include "ctl/records.hpp"
#include "ctl/units.hpp"
#include "store/json_records.hpp"
#include "store/state_file.hpp"

namespace checklist::ctl {
StandaloneEngine::StandaloneEngine(bool user, config::Configuration configuration,
                                   const std::string& state_directory)
    : engine_(loop_, user ? bus::Scope::user : bus::Scope::system, own_manager(user),
              std::move(configuration), [](const Report&) {}) {
  engine_.disable_publishers({"standalone", "only the daemon hears users' instances",
                              "run `checklistctl status`, which asks the daemon"});
  config::Paths paths = own_paths(user);
  paths.state = state_directory.empty() ? paths.state : state_directory;
  if (const auto state = store::StateFile(paths.state_file()).peek()) {
    engine_.restore_records(*state);
  }
  engine_.acknowledge(store::AcknowledgedFile(paths.records).read().records);
  const auto exercises = store::ExercisesFile(paths.exercises()).read();
  if (exercises.error.empty()) {
    engine_.know_exercises(exercises.records);
  } else {
    engine_.know_exercises(Unseen{"invalid", exercises.error, {}});
  }
}

void StandaloneEngine::disable_config_tests() {
  engine_.disable_config_tests({"not_tested", "the spec is not in a directory yet", ""});
}

std::shared_ptr<const Report> StandaloneEngine::settle(Duration longest) {
  observe_until([this] { return engine_.settled(); }, longest);
  return report();
}

void StandaloneEngine::observe_until(const std::function<bool()>& done, Duration longest) {
  loop_.run_until(done, longest);
}

void StandaloneEngine::replace_specs(config::Configuration configuration) {
  engine_.replace_specs(std::move(configuration));
}
}  // namespace checklist::ctl
