// SPDX-License-Identifier: MIT
#include "parse/gpu_error.hpp"

#include <gtest/gtest.h>

namespace checklist::parse {
namespace {
// "kind card"
std::string seen(std::string_view message, std::string_view device = "") {
  const auto error = gpu_error(message, device);
  return error ? error->kind + " " + error->card : "nothing";
}

TEST(GpuError, OfNvidia) {
  EXPECT_EQ(seen("NVRM: Xid (PCI:0000:01:00): 79, pid=1122, GPU has fallen off the bus."),
            "xid 79 0000:01:00.0");
  EXPECT_EQ(seen("NVRM: Xid (0000:01:00): 13, 0005 00000000 0000502d 00000104"),
            "xid 13 0000:01:00.0");
  EXPECT_EQ(seen("NVRM: Xid (PCI:0000:c1:00 GPU-I:05): 94, pid=7, name=python3, Contained"),
            "xid 94 0000:c1:00.0");
  EXPECT_EQ(seen("NVRM: GPU 0000:01:00.0: GPU has fallen off the bus."), "fallen_off 0000:01:00.0");
  EXPECT_EQ(seen("NVRM: GPU 0000:01:00.0: RmInitAdapter failed! (0x26:0xffff:1290)"),
            "init_failed 0000:01:00.0");
  EXPECT_EQ(seen("NVRM: API mismatch: the client has the version 550.54.15, but"),
            "version_mismatch ");
}

TEST(GpuError, OfAmd) {
  EXPECT_EQ(seen("amdgpu 0000:0b:00.0: amdgpu: GPU reset begin!"), "reset 0000:0b:00.0");
  EXPECT_EQ(seen("amdgpu 0000:0b:00.0: amdgpu: GPU reset(3) failed"), "reset_failed 0000:0b:00.0");
  EXPECT_EQ(seen("amdgpu 0000:0b:00.0: amdgpu: GPU reset end with ret = -62, failed"),
            "reset_failed 0000:0b:00.0");
  EXPECT_EQ(seen("[drm:amdgpu_job_timedout [amdgpu]] *ERROR* ring gfx_0.0.0 timeout, signaled "
                 "seq=516877, emitted seq=516879",
                 "+pci:0000:0b:00.0"),
            "ring_timeout 0000:0b:00.0");
  EXPECT_EQ(seen("amdgpu 0000:0b:00.0: amdgpu: [gfxhub] page fault (src_id:0 ring:24 vmid:3)"),
            "page_fault 0000:0b:00.0");
}

TEST(GpuError, OfIntelAndNouveau) {
  EXPECT_EQ(seen("i915 0000:00:02.0: [drm] GPU HANG: ecode 12:1:84dffffb, in game [1676]"),
            "hang 0000:00:02.0");
  EXPECT_EQ(seen("[drm] GPU HANG: ecode 7:0:0x85df3c1c, in Xorg [19819], reason: Ring hung",
                 "+drm:card0"),
            "hang card0");
  EXPECT_EQ(seen("xe 0000:03:00.0: [drm] Tile0: GT0: Timedout job: seqno=7811, guc_id=6"),
            "hang 0000:03:00.0");
  EXPECT_EQ(seen("xe 0000:03:00.0: [drm] CRITICAL: Xe has declared device 0000:03:00.0 as wedged."),
            "wedged 0000:03:00.0");
  EXPECT_EQ(seen("nouveau 0000:01:00.0: fifo: SCHED_ERROR 0a [CTXSW_TIMEOUT]"),
            "hang 0000:01:00.0");
  EXPECT_EQ(seen("nouveau 0000:01:00.0: fifo: read fault at 00023b7000 engine 00 [GR]", "c226:0"),
            "page_fault 0000:01:00.0");
}

TEST(GpuError, LeavesOutWhatAHealthyBootSays) {
  for (const char* line :
       {"NVRM: loading NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024",
        "nvidia 0000:01:00.0: vgaarb: VGA decodes changed: "
        "olddecodes=io+mem,decodes=none:owns=none",
        "[drm] [nvidia-drm] [GPU ID 0x00000100] Loading driver",
        "nvidia-uvm: Loaded the UVM driver, major device number 511.",
        "amdgpu 0000:0b:00.0: amdgpu: SMU is initialized successfully!",
        "amdgpu 0000:0b:00.0: amdgpu: ring gfx_0.0.0 uses VM inv eng 0 on hub 0",
        "amdgpu 0000:0b:00.0: amdgpu: GPU reset(1) succeeded!",
        "[drm] VRAM is lost due to GPU reset!",
        "i915 0000:00:02.0: [drm] GT0: GuC firmware i915/adlp_guc_70.bin version 70.5.1",
        "xe 0000:00:02.0: [drm] Finished loading DMC firmware i915/tgl_dmc_ver2_12.bin (v2.12)",
        "nouveau 0000:01:00.0: fb: 2048 MiB GDDR5",
        "Out of memory: Killed process 7 (NVRM: Xid (a)) total-vm:1kB", ""}) {
    EXPECT_EQ(seen(line), "nothing") << line;
  }
}

TEST(GpuError, KeepsABoundedText) {
  const auto error = gpu_error("NVRM: Xid (PCI:0000:01:00): 31, " + std::string(4096, 'x'), "");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->text.size(), 512U);
}
}  // namespace
}  // namespace checklist::parse
