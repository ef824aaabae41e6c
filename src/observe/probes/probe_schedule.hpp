// SPDX-License-Identifier: MIT
// Decides when a target is probed next and when it counts as failing. Pure.
#pragma once
#include <algorithm>
#include <cstdint>

#include "checklist/facts/probes.hpp"

namespace checklist::observe {
class ProbeSchedule {
 public:
  ProbeSchedule(const ProbePace& pace, TimePoint settled) : pace_(pace), settled_(settled) {}

  // Records a result. Returns whether it is conclusive: every success is, a failure is once
  // `failures` of them occurred in a row.
  bool is_conclusive(bool passed) {
    failed_ = passed ? 0 : failed_ + 1;
    return passed || failed_ >= pace_.failures;
  }

  // Returns the time until the next probe; `jitter` from -1 to 1 spreads targets over time. After a
  // failure it is shorter: much shorter while the service settles, because it may become ready at
  // any moment, and otherwise to distinguish a failure from a single lost request.
  [[nodiscard]] Duration pause(TimePoint now, double jitter) const {
    if (failed_ == 0) {
      return varied(pace_.interval, jitter);
    }
    if (now < settled_) {
      const auto doublings = std::min<std::uint64_t>(failed_ - 1, 4);
      const Duration soon = first_retry * (std::int64_t{1} << doublings);
      return std::min({soon, longest_retry, pace_.interval});
    }
    return varied(std::max<Duration>(pace_.interval / 5, longest_retry), jitter);
  }

 private:
  static constexpr Duration first_retry = std::chrono::milliseconds{100};
  static constexpr Duration longest_retry = std::chrono::seconds{1};

  static Duration varied(Duration length, double jitter) {
    constexpr double most = 0.1;
    return std::chrono::duration_cast<Duration>(length * (1 + most * jitter));
  }

  ProbePace pace_;
  TimePoint settled_;
  std::uint64_t failed_ = 0;  // in a row
};
}  // namespace checklist::observe
