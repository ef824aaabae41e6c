# SPDX-License-Identifier: MIT
# ollama.service, hardened, on loopback; with its GPU manager as one option.
{
  config,
  lib,
  pkgs,
  ...
}:
let
  cfg = config.kernelcore.services.ml.ollama;
  inherit (config.kernelcore) gpu;
  shared = import ../lib/hardening.nix { inherit lib; };
  hardening = shared.gpu;
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;
  address = service.loopback cfg.port;
in
{
  imports = [
    ../lib/checklistd.nix
    ../lib/gpu.nix
    ./ollama-gpu-manager.nix
  ];

  options.kernelcore.services.ml.ollama = {
    enable = lib.mkEnableOption "ollama";
    package = lib.mkPackageOption pkgs "ollama" { };
    port = service.port 11434;
    gpuManager.enable = lib.mkEnableOption "ollama-gpu-manager together with ollama";
    environment = mkOption {
      type = types.attrsOf types.str;
      default = { };
      example.OLLAMA_KEEP_ALIVE = "10m";
      description = "Additional environment of the server.";
    };
    limits = service.limits;
  };

  config = lib.mkMerge [
    {
      kernelcore.services.ml.ollama.limits = service.defaults {
        MemoryMax = "32G";
        TasksMax = 1024;
        LimitNOFILE = 65536;
        OOMScoreAdjust = 300;
      };
      kernelcore.services.ml.ollama-gpu-manager.enable = lib.mkIf (
        cfg.enable && cfg.gpuManager.enable
      ) (lib.mkDefault true);

      services.checklistd.services.ollama = {
        unit = "ollama.service";
        group = "ml";
        severity = "critical";
        settle = "2min";
        enabled = cfg.enable;
        checks = gpu.check // service.served cfg.port "/api/version" { } // {
          dependencies.after = [ "network.target" ];
          boot_start.target = "multi-user.target";
          resource_limits = cfg.limits;
          hardening = shared.expected hardening 2.5;
          journal_errors = import ../lib/journal-errors.nix "ollama";
        };
      };
    }
    (lib.mkIf cfg.enable {
      assertions = [
        {
          assertion = !(config.services.ollama.enable or false);
          message = "kernelcore.services.ml.ollama defines ollama.service: services.ollama.enable must be false";
        }
      ];

      systemd.services.ollama = {
        description = "Server for local large language models";
        documentation = [ "https://github.com/ollama/ollama" ];
        after = [ "network.target" ];
        wantedBy = [ "multi-user.target" ];
        environment = {
          HOME = "/var/lib/ollama";
          OLLAMA_MODELS = "/var/lib/ollama/models";
          OLLAMA_HOST = address;
        }
        // cfg.environment;
        serviceConfig =
          hardening
          // gpu.serviceConfig
          // cfg.limits
          // {
            Type = "exec";
            ExecStart = "${lib.getExe cfg.package} serve";
            Restart = "on-failure";
            RestartSec = "3s";
            DynamicUser = true;
            StateDirectory = "ollama";
            WorkingDirectory = "%S/ollama";
          };
      };

      environment.systemPackages = [ cfg.package ];
    })
  ];
}
