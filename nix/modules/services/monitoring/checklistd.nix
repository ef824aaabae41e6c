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
      listenAddress = lib.mkDefault cfg.listenAddress;
      settings = lib.mkMerge [
        cfg.settings
        { expected = lib.filter (unit: !builtins.elem unit config.services.checklistd.elsewhere) plan.units; }
      ];
      gate.enable = lib.mkDefault cfg.rollbackGate.enable;

      # What this host's own Prometheus and Grafana take of it.
      prometheus = {
        enable = lib.mkDefault prometheus.enable;
        inherit (cfg) rules;
      };
      grafana = {
        enable = lib.mkDefault (grafana.enable && cfg.dashboards != null);
        dashboards = lib.mkIf (cfg.dashboards != null) cfg.dashboards;
      };
    };
  };
}
