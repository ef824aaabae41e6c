// SPDX-License-Identifier: MIT
// The state of one observer, as the metrics show it.
#pragma once
#include <optional>
#include <string>

#include "checklist/time.hpp"

namespace checklist::engine {
struct ObserverState {
  std::string name;
  bool is_up = false;  // at least one of its facts is a value
  std::optional<WallTime> last_success;
  std::optional<Duration> duration;  // of the last complete read
};
}  // namespace checklist::engine
