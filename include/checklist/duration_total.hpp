// SPDX-License-Identifier: MIT
// The number and the sum of durations: at four samples a minute more would not be read.
#pragma once
#include <cstdint>

#include "checklist/time.hpp"

namespace checklist {
struct DurationTotal {
  std::uint64_t count = 0;
  Duration sum{};

  void add(Duration length) {
    ++count;
    sum += length;
  }

  bool operator==(const DurationTotal&) const = default;
};
}  // namespace checklist
