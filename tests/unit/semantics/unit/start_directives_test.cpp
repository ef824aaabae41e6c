// SPDX-License-Identifier: MIT
#include "semantics/unit/start_directives.hpp"

#include <gtest/gtest.h>

namespace checklist::semantics {
namespace {
UnitFileEntry in_service(const std::string& key) {
  return {.section = "Service", .key = key, .value = "x"};
}

TEST(StartDirectives, AProcessHasItsProgramIdentityLimitsAndSandboxFromItsStart) {
  for (const char* key : {"ExecStart",
                          "ExecStartPre",
                          "Environment",
                          "EnvironmentFile",
                          "User",
                          "LimitNOFILE",
                          "NoNewPrivileges",
                          "ProtectSystem",
                          "MemoryDenyWriteExecute",
                          "MemoryKSM",
                          "CPUAffinity",
                          "CPUSchedulingPolicy",
                          "IOSchedulingClass",
                          "WorkingDirectory",
                          "Slice",
                          "Type",
                          "StandardOutput",
                          "RestrictAddressFamilies",
                          "IPCNamespacePath",
                          "WatchdogSec",
                          "Delegate",
                          "SystemCallFilter",
                          "StateDirectory",
                          "OOMScoreAdjust"}) {
    EXPECT_TRUE(counts_at_start(in_service(key))) << key;
  }
}

TEST(StartDirectives, WhatTheManagerDoesOrAppliesToTheCgroupCountsAtOnce) {
  for (const char* key :
       {"Restart", "RestartSec", "TimeoutStopSec", "KillMode", "ExecReload", "ExecStopPost",
        "MemoryMax", "MemoryHigh", "TasksMax", "CPUQuota", "DeviceAllow", "DevicePolicy",
        "IPAddressAllow", "SuccessExitStatus", "StartLimitBurst", "StartupCPUWeight"}) {
    EXPECT_FALSE(counts_at_start(in_service(key))) << key;
  }
}

TEST(StartDirectives, OtherSectionsAreNotTheProcesss) {
  EXPECT_FALSE(counts_at_start({.section = "Unit", .key = "After", .value = "x"}));
  EXPECT_FALSE(counts_at_start({.section = "Install", .key = "WantedBy", .value = "x"}));
  EXPECT_FALSE(counts_at_start({.section = "X-Restart-Triggers", .key = "Any", .value = "x"}));
  EXPECT_FALSE(counts_at_start({.section = "Servcie", .key = "Nice", .value = "5"}));
  EXPECT_FALSE(counts_at_start({.section = "", .key = "Nice", .value = "5"}));
  EXPECT_TRUE(counts_at_start({.section = "", .key = "", .value = "a file's identity"}));
  EXPECT_TRUE(counts_at_start({.section = "Socket", .key = "ListenStream", .value = "x"}));
}

TEST(StartDirectives, ADigestTellsValuesAndTheirBoundsApart) {
  const auto of = [](const std::string& key, const std::string& value) {
    return digest(
        empty_digest,
        {.exists = true, .directives = {{.section = "Service", .key = key, .value = value}}});
  };
  EXPECT_EQ(of("User", "a"), of("User", "a"));
  EXPECT_NE(of("User", "a"), of("User", "b"));
  EXPECT_NE(of("User", "a"), of("Group", "a"));
  EXPECT_NE(of("Us", "era"), of("User", "a"));
}
}  // namespace
}  // namespace checklist::semantics
