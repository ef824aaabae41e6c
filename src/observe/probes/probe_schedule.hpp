// SPDX-License-Identifier: MIT
// When a target is probed next, and from when on it counts as failing. Pure.
#pragma once
#include <algorithm>
#include <cstdint>

#include "checklist/facts/probes.hpp"

namespace checklist::observe {
class ProbeSchedule {
 public:
  ProbeSchedule(const ProbePace& pace, TimePoint settled) : pace_(pace), settled_(settled) {}

  // Notes how a probe went. Whether that is the verdict now: a success at once, a failure when
  // enough of them came in a row.
  bool is_conclusive(bool passed) {
    failed_ = passed ? 0 : failed_ + 1;
    return passed || failed_ >= pace_.failures;
  }

  // How long to wait until the next probe; `jitter` from -1 to 1 keeps targets apart. While
  // something is wrong it comes sooner: very soon while the service settles, because it may be
  // ready at any moment, and else so that a failure is told from a hiccup.
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
