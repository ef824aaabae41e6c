// SPDX-License-Identifier: MIT
// How often something took how long.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "checklist/time.hpp"

namespace checklist::observe {
class DurationHistogram {
 public:
  // Upper bounds of the buckets; what took longer is in the count alone.
  static constexpr std::array<Duration, 11> bounds{
      std::chrono::milliseconds{1},   std::chrono::microseconds{2500},
      std::chrono::milliseconds{5},   std::chrono::milliseconds{10},
      std::chrono::milliseconds{25},  std::chrono::milliseconds{50},
      std::chrono::milliseconds{100}, std::chrono::milliseconds{250},
      std::chrono::milliseconds{500}, std::chrono::seconds{1},
      std::chrono::milliseconds{2500}};

  void add(Duration length) {
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      at_most_.at(i) += length <= bounds.at(i) ? 1U : 0U;
    }
    ++count_;
    sum_ += length;
  }

  // How many took at most that bound.
  [[nodiscard]] std::uint64_t at_most(std::size_t bound) const { return at_most_.at(bound); }

  [[nodiscard]] std::uint64_t count() const { return count_; }

  [[nodiscard]] Duration sum() const { return sum_; }

 private:
  std::array<std::uint64_t, bounds.size()> at_most_{};
  std::uint64_t count_ = 0;
  Duration sum_{};
};
}  // namespace checklist::observe
