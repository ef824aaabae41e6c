// SPDX-License-Identifier: MIT
#include "checks/definition/next_start.hpp"

#include <algorithm>

#include "checks/definition/exec_directories.hpp"
#include "checks/definition/sandbox_paths.hpp"
#include "checks/definition/start_accounts.hpp"
#include "checks/definition/start_files.hpp"
#include "checks/definition/start_programs.hpp"
#include "checks/definition/start_streams.hpp"
#include "checks/definition/start_working_directory.hpp"
#include "checks/probes/config_test.hpp"
#include "checks/start/extensions.hpp"
#include "checks/start/mount_points.hpp"
#include "checks/start/resources.hpp"
#include "checks/view/command.hpp"
#include "semantics/unit/unit_name.hpp"

namespace checklist::checks {
Findings next_start(View& see) {
  Findings out = missing_start_files(see);
  const auto add = [&out](Findings more) { std::ranges::move(more, std::back_inserter(out)); };
  add(missing_accounts(see));
  FactReader look(see);
  const auto made = made_directories(look);
  StartContext start = start_context(look);
  {
    FactReader streams(see);  // what cannot be seen of them is a finding of their own
    start.created = created_by_streams(start, streams);
  }
  if (look.gap()) {
    add({unknown("start", "what the next start needs is known", *look.gap())});
    return out;
  }
  add(unusable_programs(start, see));
  add(unusable_working_directory(start, made, see));
  add(unusable_streams(start, made, see));
  add(unusable_resources(see));
  if (!start.is_of_user) {
    add(missing_sandbox_paths(start, made, see));
    add(unusable_mount_points(start, see));
    add(unusable_extensions(see));
    add(unmakeable_directories(made, start, see));
  }
  return out;
}

std::string restart_advice(View& see, const std::string& step) {
  const std::string restart = "run " + systemctl(see, "restart");
  const std::string plain = step.empty() ? restart : step + ", then " + restart;
  const auto& unit = see[UnitKey{see.unit()}];
  const bool is_service = semantics::unit_type(see.unit()) == "service";
  if (!is_service || !unit || unit->load != LoadState::loaded) {
    return plain;
  }
  const Findings all = next_start(see);
  const auto first = std::ranges::find(all, Status::fail, &Finding::status);
  if (first != all.end()) {
    return "the next start would fail (" + first->observed + "): first " + first->hint + ", then " +
           plain;
  }
  const auto refused = refused_configuration(see);
  return refused ? "the next start would fail (" + *refused +
                       "): first correct the configuration, then " + plain
                 : plain;
}
}  // namespace checklist::checks
