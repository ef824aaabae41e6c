# SPDX-License-Identifier: MIT
# The GPU and how services access it: groups and a list of device classes, shared by all GPU services.
{
  config,
  lib,
  ...
}:
let
  cfg = config.kernelcore.gpu;
  inherit (lib) mkOption types;

  # The kernel's names of device classes change with driver versions (nvidia-frontend became nvidia);
  # a glob over /proc/devices covers every name, and a missing class denies nothing else.
  vendors = {
    nvidia = {
      groups = [
        "nvidia"
        "video"
      ];
      classes = [
        "char-nvidia*"
        "char-drm"
      ];
    };
    amd = {
      groups = [
        "render"
        "video"
      ];
      classes = [
        "char-drm"
        "char-kfd"
      ];
    };
    intel = {
      groups = [
        "render"
        "video"
      ];
      classes = [
        "char-drm"
        "char-accel"
      ];
    };
    none = {
      groups = [ ];
      classes = [ ];
    };
  };
  vendor = vendors.${cfg.vendor};
in
{
  options.kernelcore.gpu = {
    vendor = mkOption {
      type = types.enum (builtins.attrNames vendors);
      default = "nvidia";
      description = "Vendor of the GPU that the model servers use; `none`: CPU only.";
    };
    groups = mkOption {
      type = types.listOf types.str;
      default = vendor.groups;
      defaultText = "by vendor";
      description = "Groups that can open the GPU's device nodes; every GPU service is a member of all.";
    };
    deviceClasses = mkOption {
      type = types.listOf types.str;
      default = vendor.classes;
      defaultText = "by vendor";
      description = "Entries of DeviceAllow= besides `devices`: globs over /proc/devices, or paths.";
    };
    devices = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "/dev/nvidia0" ];
      description = "Nodes or globs that services must be able to open; empty: the vendor's defaults.";
    };
    groupOnly = mkOption {
      type = types.bool;
      default = true;
      description = "Whether only members of the groups may open the nodes.";
    };
    nvidiaGid = mkOption {
      type = types.int;
      default = 397;
      description = "Group id of `nvidia`: the driver creates its nodes itself and takes only a number.";
    };

    serviceConfig = mkOption {
      type = types.attrsOf types.raw;
      readOnly = true;
      internal = true;
      description = "Settings that give a service access to the GPU.";
    };
    check = mkOption {
      type = types.attrsOf types.raw;
      readOnly = true;
      internal = true;
      description = "Checks of a GPU service: an empty set, or its `gpu_device_access`.";
    };
  };

  config = {
    kernelcore.gpu = {
      serviceConfig = lib.optionalAttrs (cfg.groups != [ ]) { SupplementaryGroups = cfg.groups; } // {
        DeviceAllow = map (name: "${name} rw") (cfg.deviceClasses ++ cfg.devices);
      };
      check = lib.optionalAttrs (cfg.vendor != "none") {
        gpu_device_access =
          (if cfg.devices == [ ] then { inherit (cfg) vendor; } else { inherit (cfg) devices; })
          // {
            access = "rw";
          }
          // lib.optionalAttrs cfg.groupOnly { via = cfg.groups; };
      };
    };

    users.groups = lib.mkIf (cfg.vendor == "nvidia") { nvidia.gid = cfg.nvidiaGid; };
    boot.extraModprobeConfig = lib.mkIf (cfg.vendor == "nvidia" && cfg.groupOnly) ''
      options nvidia NVreg_DeviceFileUID=0 NVreg_DeviceFileGID=${toString cfg.nvidiaGid} NVreg_DeviceFileMode=0660
    '';
    # systemd's own rules make render nodes and kfd accessible to all.
    services.udev.extraRules = lib.mkIf (cfg.vendor != "none" && cfg.groupOnly) ''
      SUBSYSTEM=="drm", KERNEL=="renderD*", GROUP="render", MODE="0660"
      SUBSYSTEM=="kfd", KERNEL=="kfd", GROUP="render", MODE="0660"
    '';
  };
}
