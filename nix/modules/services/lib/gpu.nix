# SPDX-License-Identifier: MIT
# The GPU and how services access it: groups and a list of device classes, shared by all GPU services.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.kernelcore.gpu;
  inherit (config) hardware;
  inherit (lib) mkOption types;

  # What the machine is configured for.
  found =
    if hardware.nvidia.enabled or false then
      "nvidia"
    else if
      hardware.amdgpu.initrd.enable or false
      || hardware.amdgpu.opencl.enable or false
      || builtins.elem "amdgpu" config.services.xserver.videoDrivers
    then
      "amd"
    else
      "none";

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
      libraries = "(.*-)?(cuda|cudart|libcublas).*";
      packages = {
        ollama = pkgs.ollama-cuda;
        llama-cpp = pkgs.llama-cpp.override { cudaSupport = true; };
      };
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
      libraries = "(.*-)?(rocm|hip|clr|rocblas).*";
      packages = {
        ollama = pkgs.ollama-rocm;
        llama-cpp = pkgs.llama-cpp.override { rocmSupport = true; };
      };
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
      libraries = "(.*-)?(level-zero|oneapi|opencl).*";
      packages = {
        ollama = pkgs.ollama-vulkan;
        llama-cpp = pkgs.llama-cpp.override { vulkanSupport = true; };
      };
    };
    none = {
      groups = [ ];
      classes = [ ];
      libraries = ".*";
      packages = { inherit (pkgs) ollama llama-cpp; };
    };
  };
  vendor = vendors.${cfg.vendor};

  # By the libraries that it is built with, as far as the package says which.
  cannotUse =
    package:
    package ? buildInputs
    && !builtins.any (
      input: builtins.match "${vendor.libraries}|vulkan.*" (input.pname or input.name or "") != null
    ) (package.buildInputs ++ package.nativeBuildInputs or [ ]);
  used = cfg.usedBy != { };
  slow = lib.filterAttrs (_: user: user.package != null && cannotUse user.package) cfg.usedBy;
in
{
  options.kernelcore.gpu = {
    vendor = mkOption {
      type = types.enum (builtins.attrNames vendors);
      default = found;
      defaultText = lib.literalMD "`nvidia` or `amd` where `hardware.nvidia`, `hardware.amdgpu` or `services.xserver.videoDrivers` says so, otherwise `none`";
      description = "Vendor of the GPU that the model servers use; `none`: CPU only.";
    };
    groups = mkOption {
      type = types.listOf types.str;
      default = vendor.groups;
      defaultText = lib.literalMD "those of the vendor";
      description = "Groups that can open the GPU's device nodes; every GPU service is a member of all.";
    };
    deviceClasses = mkOption {
      type = types.listOf types.str;
      default = vendor.classes;
      defaultText = lib.literalMD "those of the vendor";
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

    usedBy = mkOption {
      type = types.attrsOf types.raw;
      default = { };
      internal = true;
      description = "Services that open the nodes, by unit: `package`, which should be built for the GPU, or null, and its `option`.";
    };
    packages = mkOption {
      type = types.attrsOf types.raw;
      readOnly = true;
      internal = true;
      description = "Packages that can use the GPU.";
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
      inherit (vendor) packages;
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

    warnings = lib.mkIf (cfg.vendor != "none") (
      lib.mapAttrsToList (
        unit: user:
        "${user.option}: ${user.package.name} is built without support for the GPU, so ${unit} uses the CPU; kernelcore.gpu.vendor is ${cfg.vendor}"
      ) slow
    );

    users.groups = lib.mkIf (used && cfg.vendor == "nvidia") { nvidia.gid = cfg.nvidiaGid; };
    boot.extraModprobeConfig = lib.mkIf (used && cfg.vendor == "nvidia" && cfg.groupOnly) ''
      options nvidia NVreg_DeviceFileUID=0 NVreg_DeviceFileGID=${toString cfg.nvidiaGid} NVreg_DeviceFileMode=0660
    '';
    # systemd's own rules make render nodes and kfd accessible to all.
    services.udev.extraRules = lib.mkIf (used && cfg.vendor != "none" && cfg.groupOnly) ''
      SUBSYSTEM=="drm", KERNEL=="renderD*", GROUP="render", MODE="0660"
      SUBSYSTEM=="kfd", KERNEL=="kfd", GROUP="render", MODE="0660"
    '';
  };
}
