# SPDX-License-Identifier: MIT
# grafana.service: NixOS's own module on loopback, hardened.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.monitoring.grafana;
  inherit (config.kernelcore.services.monitoring) prometheus;
  inherit (config.kernelcore.services.security) credentials;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  inherit (config.services) grafana;
  server = grafana.settings.server;
  limits = {
    MemoryMax = "2G";
    LimitNOFILE = 10000;
  };
  prefix = lib.optionalString server.serve_from_sub_path (service.pathOf server.root_url);
  answer.body = "\"database\": *\"ok\"";
  served =
    if server.protocol == "socket" then
      {
        port_bindings.listen = [ "unix:${server.socket}" ];
        health_probe = {
          url = "http://localhost${prefix}/api/health";
          unix = server.socket;
        }
        // answer;
      }
    else
      service.served {
        host = server.http_addr;
        port = server.http_port;
        scheme = if server.protocol == "http" then "http" else "https";
        path = "${prefix}/api/health";
        # The certificate names the host as others reach it.
        answer = answer // lib.optionalAttrs (server.protocol != "http") { verify = false; };
      };
  default = map (source: source.name) (
    lib.filter (source: source.isDefault or false) grafana.provision.datasources.settings.datasources
  );

  inherit (lib) mkOption types;

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
    (lib.mkAliasOptionModule
      [ "kernelcore" "services" "monitoring" "grafana" "port" ]
      [ "services" "grafana" "settings" "server" "http_port" ]
    )
  ];

  options.kernelcore.services.monitoring.grafana = {
    enable = lib.mkEnableOption "Grafana, as `services.grafana` configures it";
    limits = service.limits limits;
    defaultDatasource = mkOption {
      type = types.bool;
      default = true;
      description = "Whether the tree's Prometheus is Grafana's default data source, of which there can be one.";
    };
  };

  config = lib.mkMerge [
    {
      kernelcore.services.monitoring.grafana.limits = service.defaults limits;

      services.checklistd = service.toggled cfg.enable {
        grafana = {
          unit = "grafana.service";
          group = "monitoring";
          severity = "warning";
          settle = "2min";
          checks = served // {
            dependencies.after = [ "network.target" ] ++ lib.optional prometheus.enable "prometheus.service";
            boot_start.target = "multi-user.target";
            resource_limits = cfg.limits;
            hardening = shared.expected hardening 2.0;
            journal_errors = import ../lib/journal-errors.nix "grafana";
          };
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

      assertions = [
        {
          assertion = builtins.length default < 2;
          message = "services.grafana.provision.datasources.settings.datasources: grafana.service does not start with more than one default data source (${lib.concatStringsSep ", " default}); set isDefault = false, or kernelcore.services.monitoring.grafana.defaultDatasource = false";
        }
      ];

      services.grafana = {
        enable = true;
        settings.security = lib.mkIf credentials.enable (
          builtins.mapAttrs (
            _: name: lib.mkDefault "$__file{/run/credentials/grafana.service/${name}}"
          ) secrets
        );
        provision = {
          enable = lib.mkDefault true; # dashboards come without Prometheus, too
          datasources.settings.datasources = lib.optionals prometheus.enable [
            {
              name = "Prometheus";
              type = "prometheus";
              uid = "prometheus";
              inherit (prometheus) url;
              isDefault = cfg.defaultDatasource;
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
          shared.over hardening
          // service.defaults cfg.limits
          // lib.optionalAttrs credentials.enable {
            LoadCredential = map (name: "${name}:${credentials.directory}/${name}") (builtins.attrValues secrets);
          };
      };
    })
  ];
}
