# SPDX-License-Identifier: MIT
# services.checklistd.grafana: the dashboards, provided by the Grafana of this host. Their source is chosen on the page.
{ config, lib, ... }:
let
  cfg = config.services.checklistd;
in
{
  options.services.checklistd.grafana = {
    enable = lib.mkEnableOption "the dashboards of checklistd in services.grafana";
    dashboards = lib.mkOption {
      type = lib.types.path;
      default = "${cfg.package}/share/checklistd/grafana/dashboards";
      defaultText = lib.literalExpression ''"''${config.services.checklistd.package}/share/checklistd/grafana/dashboards"'';
      description = "Directory of the dashboards.";
    };
  };

  config = lib.mkIf (cfg.enable && cfg.grafana.enable) {
    warnings = lib.optional (!config.services.grafana.enable) ''
      services.checklistd.grafana.enable is true and services.grafana.enable is false: nothing shows the dashboards. Set
      services.grafana.enable, or unset the former.
    '';
    services.grafana.provision = {
      enable = true;
      dashboards.settings.providers = [
        {
          name = "checklistd";
          options.path = cfg.grafana.dashboards;
        }
      ];
    };
  };
}
