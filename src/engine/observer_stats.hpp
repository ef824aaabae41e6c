// SPDX-License-Identifier: MIT
// How well one kind of fact is observed: the time of its last value, and how long the observer took
// to answer when it last read everything again.
#pragma once
#include <optional>
#include <utility>

#include "engine/now.hpp"

namespace checklist::engine {
class ObserverStats {
 public:
  // The observer begins to read everything again.
  void started(TimePoint now) { started_ = now; }

  // The observer put a fact; only the first one after started() ends the measured duration.
  void answered(bool is_value, Now now) {
    if (const auto since = std::exchange(started_, std::nullopt)) {
      duration_ = std::chrono::duration_cast<Duration>(now.moment - *since);
    }
    if (is_value) {
      last_success_ = now.wall;
    }
  }

  [[nodiscard]] std::optional<WallTime> last_success() const { return last_success_; }

  [[nodiscard]] std::optional<Duration> duration() const { return duration_; }

 private:
  std::optional<TimePoint> started_;  // not answered since
  std::optional<WallTime> last_success_;
  std::optional<Duration> duration_;
};
}  // namespace checklist::engine
