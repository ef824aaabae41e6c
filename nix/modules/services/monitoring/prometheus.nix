# SPDX-License-Identifier: MIT
# prometheus.service: the system's own module on loopback, with what it leaves open closed.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.monitoring.prometheus;
  shared = import ../../../lib/hardening.nix { inherit lib; };
  inherit (lib) mkOption types;
  address = "127.0.0.1:${toString cfg.port}";
in
{
  imports = [ ../../checklistd ];

  options.kernelcore.services.monitoring.prometheus = {
    enable = lib.mkEnableOption "Prometheus";
    port = mkOption {
      type = types.port;
      default = 9090;
      description = "Port on 127.0.0.1.";
    };
    retention = mkOption {
      type = types.str;
      default = "30d";
      description = "How long samples are kept.";
    };
    limits = mkOption {
      type = types.attrsOf (types.either types.int types.str);
      description = "Resource limits, as systemd's directives; the spec expects the same.";
    };
  };

  config = lib.mkMerge [
    {
      kernelcore.services.monitoring.prometheus.limits = builtins.mapAttrs (_: lib.mkDefault) {
        MemoryMax = "4G";
        LimitNOFILE = 65536;
      };

      services.checklistd.services.prometheus = {
        unit = "prometheus.service";
        group = "monitoring";
        severity = "critical";
        enabled = cfg.enable;
        checks = {
          port_bindings.listen = [ "tcp:${address}" ];
          health_probe = {
            url = "http://${address}/-/healthy";
            status = 200;
          };
          boot_start.target = "multi-user.target";
          resource_limits = cfg.limits;
          hardening = shared.expected shared.network 2.0;
          journal_errors = import ../../../lib/journal-errors.nix "services.d/prometheus";
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
