// SPDX-License-Identifier: MIT
// How the observing of one kind of fact went: when it last saw something, and how long it took to
// answer when it was last told to look at everything.
#pragma once
#include <optional>
#include <utility>

#include "engine/now.hpp"

namespace checklist::engine {
class ObserverCourse {
 public:
  void looks(TimePoint now) { looked_ = now; }

  void told(bool is_seen, Now now) {
    if (const auto since = std::exchange(looked_, std::nullopt)) {
      duration_ = std::chrono::duration_cast<Duration>(now.moment - *since);
    }
    if (is_seen) {
      last_success_ = now.wall;
    }
  }

  [[nodiscard]] std::optional<WallTime> last_success() const { return last_success_; }

  [[nodiscard]] std::optional<Duration> duration() const { return duration_; }

 private:
  std::optional<TimePoint> looked_;  // and nothing was told since
  std::optional<WallTime> last_success_;
  std::optional<Duration> duration_;
};
}  // namespace checklist::engine
