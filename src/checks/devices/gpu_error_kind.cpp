// SPDX-License-Identifier: MIT
#include "checks/devices/gpu_error_kind.hpp"

#include <algorithm>
#include <array>

namespace checklist::checks {
namespace {
struct Entry {
  std::string_view kind;
  GpuErrorKind what;
};

constexpr bool lasts = true;
constexpr bool passes = false;

constexpr std::array kinds{
    Entry{"xid 8", {GpuFault::application, "it stopped processing", passes}},
    Entry{"xid 13",
          {GpuFault::application, "a program caused a graphics engine exception", passes}},
    Entry{"xid 31", {GpuFault::application, "a program caused a GPU memory page fault", passes}},
    Entry{"xid 32", {GpuFault::application, "a program sent invalid commands", passes}},
    Entry{"xid 38", {GpuFault::firmware, "driver firmware error", lasts}},
    Entry{"xid 43", {GpuFault::application, "it stopped processing for a program", passes}},
    Entry{"xid 45", {GpuFault::none, "channels of an ended program were removed", passes}},
    Entry{"xid 46", {GpuFault::firmware, "it stopped processing", lasts}},
    Entry{"xid 48", {GpuFault::memory, "double-bit ECC error", lasts}},
    Entry{"xid 61", {GpuFault::firmware, "its micro-controller stopped at a breakpoint", lasts}},
    Entry{"xid 62", {GpuFault::firmware, "its micro-controller halted", lasts}},
    Entry{"xid 63", {GpuFault::memory, "memory is to be remapped or retired at its reset", lasts}},
    Entry{"xid 64", {GpuFault::memory, "failed to remap or retire memory", lasts}},
    Entry{"xid 68", {GpuFault::application, "a program caused a video decoder exception", passes}},
    Entry{"xid 69", {GpuFault::application, "a program caused a graphics class error", passes}},
    Entry{"xid 74", {GpuFault::link, "NVLink error", lasts}},
    Entry{"xid 79", {GpuFault::bus, "it has fallen off the bus", lasts}},
    Entry{"xid 92", {GpuFault::memory, "many single-bit ECC errors", lasts}},
    Entry{"xid 94", {GpuFault::memory, "contained ECC error: a program was ended", lasts}},
    Entry{"xid 95", {GpuFault::memory, "uncontained ECC error", lasts}},
    Entry{"xid 109", {GpuFault::hang, "context switch timeout", passes}},
    Entry{"xid 119", {GpuFault::firmware, "its system processor (GSP) does not answer", lasts}},
    Entry{"xid 120", {GpuFault::firmware, "error of its system processor (GSP)", lasts}},
    Entry{"xid 140", {GpuFault::memory, "unrecovered ECC error", lasts}},
    Entry{"xid 143", {GpuFault::firmware, "it failed to initialise", lasts}},
    Entry{"xid 154", {GpuFault::firmware, "the driver asks for a recovery action", lasts}},
    Entry{"fallen_off", {GpuFault::bus, "it has fallen off the bus", lasts}},
    Entry{"init_failed", {GpuFault::firmware, "the driver failed to initialise it", passes}},
    Entry{"version_mismatch",
          {GpuFault::driver, "the driver's module and its libraries are of different versions",
           passes}},
    Entry{"ring_timeout", {GpuFault::hang, "a ring timed out", passes}},
    Entry{"reset", {GpuFault::hang, "it was reset", passes}},
    Entry{"reset_failed", {GpuFault::firmware, "its reset failed", lasts}},
    Entry{"page_fault", {GpuFault::application, "a program caused a page fault", passes}},
    Entry{"hang", {GpuFault::hang, "it hung", passes}},
    Entry{"wedged", {GpuFault::firmware, "the driver has given it up", lasts}}};
}  // namespace

GpuErrorKind gpu_error_kind(const std::string& kind) {
  const auto at = std::ranges::find(kinds, kind, &Entry::kind);
  return at != kinds.end() ? at->what
                           : GpuErrorKind{GpuFault::driver, "the driver reports an error", passes};
}
}  // namespace checklist::checks
