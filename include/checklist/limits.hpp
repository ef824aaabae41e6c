// SPDX-License-Identifier: MIT
// Limits on the report's size, whatever the host does.
#pragma once
#include <cstdint>

namespace checklist {
struct Limits {
  std::uint64_t findings = 32;            // in the metrics, of one unit and of the host
  std::uint64_t text_bytes = 240;         // of each label value in the metrics
  std::uint64_t report_bytes = 16 << 20;  // of one report from a user's instance
};
}  // namespace checklist
