# SPDX-License-Identifier: MIT
# ollama.service: NixOS's own module, hardened; with its GPU manager as one option.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.ml.ollama;
  inherit (config.kernelcore) gpu;
  inherit (config.services) ollama;
  shared = import ../lib/hardening.nix { inherit lib; };
  hardening = shared.gpu;
  service = import ../lib/service.nix { inherit lib; };

  limits = {
    MemoryMax = "32G";
    TasksMax = 1024;
    LimitNOFILE = 65536;
    OOMScoreAdjust = 300;
  };
  ours = name: [ "kernelcore" "services" "ml" "ollama" name ];
  upstream = name: [ "services" "ollama" name ];
in
{
  imports = [
    ../lib/checklistd.nix
    ../lib/gpu.nix
    ./ollama-gpu-manager.nix
    (lib.mkAliasOptionModule (ours "port") (upstream "port"))
    (lib.mkAliasOptionModule (ours "package") (upstream "package"))
    (lib.mkRenamedOptionModule (ours "environment") (upstream "environmentVariables"))
  ];

  options.kernelcore.services.ml.ollama = {
    enable = lib.mkEnableOption "ollama, as `services.ollama` configures it";
    gpuManager.enable = lib.mkEnableOption "ollama-gpu-manager together with ollama";
    limits = service.limits limits;
  };

  config = lib.mkMerge [
    {
      kernelcore.services.ml.ollama.limits = service.defaults limits;
      kernelcore.services.ml.ollama-gpu-manager.enable = lib.mkIf (
        cfg.enable && cfg.gpuManager.enable
      ) (lib.mkDefault true);

      services.checklistd = service.toggled cfg.enable {
        ollama = {
          unit = "ollama.service";
          group = "ml";
          severity = "critical";
          settle = "2min";
          checks =
            gpu.check
            // service.served {
              inherit (ollama) host port;
              path = "/api/version";
            }
            // {
              dependencies.after = [ "network.target" ];
              boot_start.target = "multi-user.target";
              resource_limits = cfg.limits;
              hardening = shared.expected hardening 2.5;
              journal_errors = import ../lib/journal-errors.nix "ollama";
            };
        };
      };
    }
    (lib.mkIf cfg.enable {
      kernelcore.gpu.usedBy."ollama.service" = {
        inherit (ollama) package;
        option = "services.ollama.package";
      };

      services.ollama = {
        enable = true;
        package = lib.mkDefault gpu.packages.ollama;
      };

      systemd.services.ollama.serviceConfig =
        shared.over (hardening // gpu.serviceConfig)
        // service.defaults (
          cfg.limits
          // {
            Restart = "on-failure";
            RestartSec = "3s";
          }
        );
    })
  ];
}
