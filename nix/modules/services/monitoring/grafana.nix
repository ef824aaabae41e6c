# SPDX-License-Identifier: MIT
# grafana.service: NixOS's own module on loopback, hardened.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.monitoring.grafana;
  inherit (config.kernelcore.services.monitoring) prometheus;
  inherit (config.kernelcore.services.security) credentials;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  # Created once on this machine and read by grafana.service only, instead of Grafana's public defaults.
  secrets = {
    admin_password = "grafana-admin";
    secret_key = "grafana-secret-key";
  };
  hardening = shared.network // {
    ProcSubset = "all"; # its own metrics read /proc/stat
  };
in
{
  imports = [
    ../lib/checklistd.nix
    ./prometheus.nix
    ../security/credentials.nix
  ];

  options.kernelcore.services.monitoring.grafana = {
    enable = lib.mkEnableOption "Grafana";
    port = service.port 3000;
    limits = service.limits;
  };

  config = lib.mkMerge [
    {
      kernelcore.services.monitoring.grafana.limits = service.defaults {
        MemoryMax = "2G";
        LimitNOFILE = 10000;
      };

      services.checklistd.services.grafana = {
        unit = "grafana.service";
        group = "monitoring";
        severity = "warning";
        settle = "2min";
        enabled = cfg.enable;
        checks = service.served cfg.port "/api/health" { body = "\"database\": *\"ok\""; } // {
          dependencies.after = [ "network.target" ] ++ lib.optional prometheus.enable "prometheus.service";
          boot_start.target = "multi-user.target";
          resource_limits = cfg.limits;
          hardening = shared.expected hardening 2.0;
          journal_errors = import ../lib/journal-errors.nix "grafana";
        };
      };
    }
    (lib.mkIf cfg.enable {
      kernelcore.services.security.credentials = {
        enable = lib.mkDefault true;
        random = lib.mapAttrs' (_: name: {
          inherit name;
          value = { };
        }) secrets;
      };

      services.grafana = {
        enable = true;
        settings.server = {
          http_addr = "127.0.0.1";
          http_port = cfg.port;
        };
        settings.security = lib.mkIf credentials.enable (
          builtins.mapAttrs (_: name: "$__file{/run/credentials/grafana.service/${name}}") secrets
        );
        provision = lib.mkIf prometheus.enable {
          enable = true;
          datasources.settings.datasources = [
            {
              name = "Prometheus";
              type = "prometheus";
              url = "http://127.0.0.1:${toString prometheus.port}";
              isDefault = true;
            }
          ];
        };
      };

      systemd.services.grafana = {
        after =
          lib.optional prometheus.enable "prometheus.service"
          ++ lib.optional credentials.enable "setup-system-credentials.service";
        wants = lib.optional prometheus.enable "prometheus.service";
        requires = lib.optional credentials.enable "setup-system-credentials.service";
        serviceConfig =
          builtins.mapAttrs (_: lib.mkForce) (hardening // cfg.limits)
          // lib.optionalAttrs credentials.enable {
            LoadCredential = map (name: "${name}:${credentials.directory}/${name}") (builtins.attrValues secrets);
          };
      };
    })
  ];
}
