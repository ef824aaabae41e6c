// SPDX-License-Identifier: MIT
// How the observing of one kind of fact goes.
#pragma once
#include <optional>
#include <string>

#include "checklist/time.hpp"

namespace checklist::engine {
struct ObserverState {
  std::string name;
  bool is_up = false;  // whether anything of it can be seen
  std::optional<WallTime> last_success;
  std::optional<Duration> duration;  // of the last look at everything
};
}  // namespace checklist::engine
