// SPDX-License-Identifier: MIT
// What an error of a GPU means: whose fault it is, whether it passes, and what to do. Xids are
// those of NVIDIA's catalogue (docs.nvidia.com/deploy/xid-errors).
#pragma once
#include <string>
#include <string_view>

namespace checklist::checks {
enum class GpuFault {
  none,         // a consequence of something else, or of a process that was killed
  application,  // of the program that used the GPU
  hang,         // the driver stopped and reset what hung
  memory,       // of the GPU, by ECC
  link,         // NVLink
  bus,          // the GPU no longer answers
  firmware,     // of the GPU, or its driver: it needs a reset
  driver        // anything else
};

struct GpuErrorKind {
  GpuFault fault = GpuFault::driver;
  std::string_view meaning{};  // completes "0000:01:00.0: …"
  bool lasts = false;          // until the GPU is reset or the host reboots
};

// Returns the meaning of GpuError::kind: "xid 79", "ring_timeout".
GpuErrorKind gpu_error_kind(const std::string& kind);
}  // namespace checklist::checks
