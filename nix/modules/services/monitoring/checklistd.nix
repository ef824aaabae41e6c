# SPDX-License-Identifier: MIT
# checklistd for the tree: requires a spec for each unit of the plan, and adds the scrape job, alerts and dashboards.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.monitoring.checklistd;
  inherit (config.kernelcore.services.monitoring) prometheus grafana;
  inherit (lib) mkOption types;
  plan = import ../lib/plan.nix;
  # The installed files, because they name other files of the package.
  shipped = path: "${config.services.checklistd.package}/share/checklistd/${path}";
  host = if cfg.listenAddress == "0.0.0.0" then "127.0.0.1" else cfg.listenAddress;
in
{
  imports = [
    ../lib/checklistd.nix
    ./prometheus.nix
    ./grafana.nix
  ];

  options.kernelcore.services.monitoring.checklistd = {
    enable = lib.mkEnableOption "checklistd for the services of the tree";
    package = mkOption {
      type = types.nullOr types.package;
      default = null;
      description = "The package; null: this repository's.";
    };
    listenAddress = mkOption {
      type = types.str;
      default = "127.0.0.1";
      description = "Address of the report.";
    };
    settings = mkOption {
      type = types.attrsOf types.raw;
      default = { };
      description = "Further keys of checklistd.json.";
    };
    rules = mkOption {
      type = types.nullOr types.path;
      default = shipped "prometheus/checklistd.rules.yml";
      defaultText = "those of the package";
      description = "Alerting rules for Prometheus; null: none.";
    };
    dashboards = mkOption {
      type = types.nullOr types.path;
      default = shipped "grafana/dashboards";
      defaultText = "those of the package";
      description = "Directory of Grafana's dashboards; null: none.";
    };
    rollbackGate.enable = lib.mkEnableOption "rollback when a switch breaks a service";
  };

  config = lib.mkIf cfg.enable {
    services.checklistd = {
      enable = true;
      package = lib.mkIf (cfg.package != null) cfg.package;
      inherit (cfg) listenAddress;
      settings = lib.mkMerge [
        cfg.settings
        { expected = plan.units; }
      ];
      gate.enable = lib.mkDefault cfg.rollbackGate.enable;
    };

    services.prometheus = lib.mkIf prometheus.enable {
      scrapeConfigs = [
        {
          job_name = "checklistd";
          static_configs = [
            {
              targets = [ "${host}:${toString config.services.checklistd.port}" ];
              labels.instance = config.networking.hostName or "localhost"; # alerts are per host
            }
          ];
        }
      ];
      ruleFiles = lib.optional (cfg.rules != null) cfg.rules;
    };

    services.grafana.provision.dashboards.settings.providers = lib.mkIf (grafana.enable && cfg.dashboards != null) [
      {
        name = "checklistd";
        options.path = cfg.dashboards;
      }
    ];
  };
}
