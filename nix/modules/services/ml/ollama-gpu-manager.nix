# SPDX-License-Identifier: MIT
# ollama-gpu-manager.service: makes ollama release GPU memory when little is free.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.kernelcore.services.ml.ollama-gpu-manager;
  inherit (config.kernelcore) gpu;
  inherit (config.services) ollama;
  shared = import ../lib/hardening.nix { inherit lib; };
  hardening = shared.gpu;
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;

  limits = {
    MemoryMax = "256M";
    TasksMax = 32;
  };
in
{
  imports = [
    ../lib/checklistd.nix
    ../lib/gpu.nix
  ];

  options.kernelcore.services.ml.ollama-gpu-manager = {
    enable = lib.mkEnableOption "unloading ollama's models when GPU memory runs short";
    minimumFree = mkOption {
      type = types.ints.positive;
      default = 1024;
      description = "MiB of GPU memory that should stay free.";
    };
    interval = mkOption {
      type = types.ints.positive;
      default = 30;
      description = "Seconds between two queries.";
    };
    nvidiaSmi = mkOption {
      type = types.str;
      default = "/run/current-system/sw/bin/nvidia-smi";
      description = "Path of NVIDIA's nvidia-smi; AMD's GPUs report through sysfs.";
    };
  };

  config = lib.mkMerge [
    {
      services.checklistd = service.toggled cfg.enable {
        ollama-gpu-manager = {
          unit = "ollama-gpu-manager.service";
          group = "ml";
          severity = "warning";
          checks = gpu.check // {
            dependencies = {
              after = [ "ollama.service" ];
              part_of = [ "ollama.service" ];
              wants = [ "ollama.service" ];
            };
            boot_start.target = "multi-user.target";
            resource_limits = limits;
            hardening = shared.expected (hardening // { DynamicUser = true; }) 2.5;
            journal_errors = import ../lib/journal-errors.nix "ollama-gpu-manager";
          };
        };
      };
    }
    (lib.mkIf cfg.enable {
      kernelcore.gpu.usedBy."ollama-gpu-manager.service".package = null;

      assertions = [
        {
          assertion = config.kernelcore.services.ml.ollama.enable;
          message = "kernelcore.services.ml.ollama-gpu-manager needs kernelcore.services.ml.ollama.enable";
        }
      ];

      systemd.services.ollama-gpu-manager = {
        description = "GPU memory manager for ollama";
        after = [ "ollama.service" ];
        wants = [ "ollama.service" ];
        partOf = [ "ollama.service" ];
        wantedBy = [ "multi-user.target" ];
        path = [
          ollama.package
          pkgs.gawk
        ];
        environment = {
          HOME = "/run/ollama-gpu-manager";
          OLLAMA_HOST = "${service.reached ollama.host}:${toString ollama.port}";
          MINIMUM_FREE = toString cfg.minimumFree;
          INTERVAL = toString cfg.interval;
          NVIDIA_SMI = cfg.nvidiaSmi;
        };
        script = builtins.readFile ./ollama-gpu-manager.sh;
        serviceConfig =
          hardening
          // gpu.serviceConfig
          // service.defaults limits
          // {
            Type = "exec";
            DynamicUser = true;
            RuntimeDirectory = "ollama-gpu-manager";
            Restart = "on-failure";
            RestartSec = "10s";
          };
      };
    })
  ];
}
