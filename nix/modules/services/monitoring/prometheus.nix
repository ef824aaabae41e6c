# SPDX-License-Identifier: MIT
# prometheus.service: NixOS's own module on loopback, hardened.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.monitoring.prometheus;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  inherit (lib) mkOption types;
  address = service.loopback cfg.port;
in
{
  imports = [ ../lib/checklistd.nix ];

  options.kernelcore.services.monitoring.prometheus = {
    enable = lib.mkEnableOption "Prometheus";
    port = service.port 9090;
    retention = mkOption {
      type = types.str;
      default = "30d";
      description = "How long samples are kept.";
    };
    limits = service.limits;
  };

  config = lib.mkMerge [
    {
      kernelcore.services.monitoring.prometheus.limits = service.defaults {
        MemoryMax = "4G";
        LimitNOFILE = 65536;
      };

      services.checklistd.services.prometheus = {
        unit = "prometheus.service";
        group = "monitoring";
        severity = "critical";
        enabled = cfg.enable;
        checks = service.served cfg.port "/-/healthy" { } // {
          boot_start.target = "multi-user.target";
          resource_limits = cfg.limits;
          hardening = shared.expected shared.network 2.0;
          journal_errors = import ../lib/journal-errors.nix "prometheus";
        };
      };
    }
    (lib.mkIf cfg.enable {
      services.prometheus = {
        enable = true;
        listenAddress = "127.0.0.1";
        inherit (cfg) port;
        retentionTime = cfg.retention;
        scrapeConfigs = [
          {
            job_name = "prometheus";
            static_configs = [ { targets = [ address ]; } ];
          }
        ];
      };
      systemd.services.prometheus.serviceConfig = builtins.mapAttrs (_: lib.mkForce) (
        shared.network // cfg.limits
      );
    })
  ];
}
