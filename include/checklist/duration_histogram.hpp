// SPDX-License-Identifier: MIT
// A histogram of durations with cumulative buckets, as Prometheus defines it.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "checklist/time.hpp"

namespace checklist {
using namespace std::chrono_literals;

class DurationHistogram {
 public:
  // Upper bounds of the buckets: for responses of other processes, and for computations.
  static constexpr std::array<Duration, 11> answers{1ms,   2500us, 5ms,   10ms, 25ms,  50ms,
                                                    100ms, 250ms,  500ms, 1s,   2500ms};
  static constexpr std::array<Duration, 11> computations{10us,   25us, 50us, 100us, 250us, 1ms,
                                                         2500us, 10ms, 25ms, 100ms, 1s};

  explicit DurationHistogram(std::span<const Duration> bounds = answers) {
    for (const Duration bound : bounds) {
      at_most_.emplace_back(bound, 0);
    }
  }

  void add(Duration length) {
    for (auto& [bound, count] : at_most_) {
      count += length <= bound ? 1U : 0U;
    }
    ++count_;
    sum_ += length;
  }

  // Returns the number of durations up to each bound. Longer ones are in count() only.
  [[nodiscard]] const std::vector<std::pair<Duration, std::uint64_t>>& at_most() const {
    return at_most_;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }

  [[nodiscard]] Duration sum() const { return sum_; }

 private:
  std::vector<std::pair<Duration, std::uint64_t>> at_most_;
  std::uint64_t count_ = 0;
  Duration sum_{};
};
}  // namespace checklist
