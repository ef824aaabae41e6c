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

  # A set as a spec repeats it. Two values have no counterpart there: the error of a refused call, and a specifier,
  # which systemd replaces.
  expected =
    set: max_exposure:
    lib.filterAttrs (name: value: name != "SystemCallErrorNumber" && value != "%h") set
    // {
      inherit max_exposure;
    };

  # For a unit that another module defines: above that module's own sandboxing, below mkForce.
  over = builtins.mapAttrs (_: lib.mkOverride 90);
}
