// SPDX-License-Identifier: MIT
#include "checks/devices/gpu_error_kind.hpp"

#include <gtest/gtest.h>

namespace checklist::checks {
namespace {
TEST(GpuErrorKind, TellsProgramsFromHardware) {
  for (const char* kind : {"xid 13", "xid 31", "xid 43", "page_fault"}) {
    EXPECT_EQ(gpu_error_kind(kind).fault, GpuFault::application) << kind;
    EXPECT_FALSE(gpu_error_kind(kind).lasts) << kind;
  }
  EXPECT_EQ(gpu_error_kind("xid 48").fault, GpuFault::memory);
  EXPECT_EQ(gpu_error_kind("xid 79").fault, GpuFault::bus);
  EXPECT_TRUE(gpu_error_kind("xid 79").lasts);
  EXPECT_EQ(gpu_error_kind("xid 45").fault, GpuFault::none);
}

TEST(GpuErrorKind, AnUnknownOneIsTheDrivers) {
  EXPECT_EQ(gpu_error_kind("xid 999").fault, GpuFault::driver);
}
}  // namespace
}  // namespace checklist::checks
