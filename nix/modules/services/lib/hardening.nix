# SPDX-License-Identifier: MIT
# Sandboxing of the tree's services, by what they still need. Every set is complete.
{ lib }:
rec {
  # For services that neither administer the machine nor serve a terminal.
  base = {
    AmbientCapabilities = "";
    CapabilityBoundingSet = "";
    KeyringMode = "private";
    LockPersonality = true;
    MemoryDenyWriteExecute = true;
    NoNewPrivileges = true;
    PrivateDevices = true;
    PrivateMounts = true;
    PrivateTmp = true;
    PrivateUsers = true;
    ProcSubset = "pid";
    ProtectClock = true;
    ProtectControlGroups = true;
    ProtectHome = true;
    ProtectHostname = true;
    ProtectKernelLogs = true;
    ProtectKernelModules = true;
    ProtectKernelTunables = true;
    ProtectProc = "invisible";
    ProtectSystem = "strict";
    RemoveIPC = true;
    RestrictAddressFamilies = [ "AF_UNIX" ];
    RestrictNamespaces = true;
    RestrictRealtime = true;
    RestrictSUIDSGID = true;
    SystemCallArchitectures = "native";
    SystemCallErrorNumber = "EPERM";
    SystemCallFilter = [
      "@system-service"
      "~@privileged @resources"
    ];
    UMask = "0077";
  };

  # For services that listen or connect.
  network = base // {
    RestrictAddressFamilies = [
      "AF_INET"
      "AF_INET6"
      "AF_UNIX"
    ];
  };

  # For services that open the device nodes of kernelcore.gpu. CUDA and ROCm read /proc/meminfo and /proc/devices, and
  # pin their threads to CPUs (@resources).
  gpu = network // {
    DevicePolicy = "closed";
    PrivateDevices = false;
    ProcSubset = "all";
    SystemCallFilter = [
      "@system-service @resources"
      "~@privileged"
    ];
  };

  # The part of a set that a spec repeats: booleans and single words. Lists are covered by the bound on the
  # unit's exposure.
  expected =
    set: max_exposure:
    lib.filterAttrs (
      name: value:
      (builtins.isBool value && value)
      || builtins.elem name [
        "ProtectProc"
        "ProtectSystem"
      ]
    ) set
    // {
      inherit max_exposure;
    };
}
