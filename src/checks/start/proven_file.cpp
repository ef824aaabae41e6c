// SPDX-License-Identifier: MIT
#include "checks/start/proven_file.hpp"

#include "checks/view/file_behind.hpp"

namespace checklist::checks {
bool is_proven_by_last_start(const std::string& path, View& see) {
  const auto started = see.moment("ExecMainStartTimestampMonotonic");
  const auto& unit = see[UnitKey{see.unit()}];
  if (!started || !unit || see.text("Result") != "success" ||
      unit->active == ActiveState::activating) {
    return false;
  }
  const auto file = file_behind(see, path);
  const auto& epoch = see[WallClockKey{}];
  return file && epoch && TimePoint{file->modified - *epoch} <= *started;
}
}  // namespace checklist::checks
