// SPDX-License-Identifier: MIT
// Recognises the kernel's messages about errors of GPUs, by the drivers nvidia, amdgpu, i915, xe
// and nouveau. The texts are those of Linux 5.10 to 6.18 and of NVIDIA's drivers 470 to 580.
#pragma once
#include <optional>
#include <string_view>

#include "checklist/facts/journal.hpp"

namespace checklist::parse {
// Returns the error, without its time; nothing if the message is none. `device` is journald's
// _KERNEL_DEVICE=: "+pci:0000:01:00.0", or empty.
std::optional<GpuError> gpu_error(std::string_view message, std::string_view device);
}  // namespace checklist::parse
