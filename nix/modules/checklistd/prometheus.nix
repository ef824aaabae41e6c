# SPDX-License-Identifier: MIT
# services.checklistd.prometheus and .alertmanager: scrape job, rules, and routes for their alerts, on the Prometheus of this host.
{ config, lib, ... }:
let
  cfg = config.services.checklistd;
  inherit (lib) mkOption types;
  # The installed files, because they name other files of the package.
  shipped = path: "${cfg.package}/share/checklistd/${path}";
  host =
    if cfg.listenAddress == "0.0.0.0" then
      "127.0.0.1"
    else if cfg.listenAddress == "[::]" || cfg.listenAddress == "::" then
      "[::1]"
    else if lib.hasInfix ":" cfg.listenAddress && !lib.hasPrefix "[" cfg.listenAddress then
      "[${cfg.listenAddress}]"
    else
      cfg.listenAddress;

  hostName = config.networking.hostName or "";
  routes = lib.importJSON ./alertmanager.json;
  wanted = lib.unique ([ routes.route.receiver ] ++ map (route: route.receiver) routes.route.routes);
  missing = lib.filter (name: !builtins.elem name (map (receiver: receiver.name) cfg.alertmanager.receivers)) wanted;
in
{
  options.services.checklistd = {
    prometheus = {
      enable = lib.mkEnableOption "the scrape job and the alerting rules of checklistd in services.prometheus";
      scrapeInterval = mkOption {
        type = types.str;
        default = "15s";
        description = "How often Prometheus asks. The rules and the dashboards assume at most 15 s.";
      };
      instance = mkOption {
        type = types.str;
        default = if hostName == "" then "localhost" else hostName;
        defaultText = lib.literalExpression "config.networking.hostName";
        description = "The label `instance`: the name of this host in alerts, without a port.";
      };
      rules = mkOption {
        type = types.nullOr types.path;
        default = shipped "prometheus/checklistd.rules.yml";
        defaultText = lib.literalExpression ''"''${config.services.checklistd.package}/share/checklistd/prometheus/checklistd.rules.yml"'';
        description = "Alerting and recording rules; null: none.";
      };
    };
    alertmanager = {
      enable = lib.mkEnableOption "the routes and inhibitions for the alerts of checklistd in services.prometheus.alertmanager";
      receivers = mkOption {
        type = types.listOf (types.attrsOf types.raw);
        default = [ ];
        example = [
          {
            name = "page";
            webhook_configs = [ { url = "http://127.0.0.1:5001/page"; } ];
          }
        ];
        description = ''
          Receivers of Alertmanager, which the routes name `page` (a critical unit, at once), `chat` (everything else that is
          urgent) and `digest`. Secrets belong in services.prometheus.alertmanager.environmentFile.
        '';
      };
    };
  };

  config = lib.mkMerge [
    (lib.mkIf (cfg.enable && cfg.prometheus.enable) {
      warnings = lib.optional (!config.services.prometheus.enable) ''
        services.checklistd.prometheus.enable is true and services.prometheus.enable is false: nothing scrapes checklistd. Set
        services.prometheus.enable, or let a Prometheus elsewhere load the rules (docs/fleet.md) and unset the former.
      '';
      services.prometheus = {
        scrapeConfigs = [
          {
            job_name = "checklistd";
            scrape_interval = cfg.prometheus.scrapeInterval;
            static_configs = [
              {
                targets = [ "${host}:${toString cfg.port}" ];
                labels.instance = cfg.prometheus.instance; # alerts are per host
              }
            ];
          }
        ];
        ruleFiles = lib.optional (cfg.prometheus.rules != null) cfg.prometheus.rules;
      };
    })
    (lib.mkIf (cfg.enable && cfg.alertmanager.enable) {
      assertions = [
        {
          assertion = missing == [ ];
          message = ''
            services.checklistd.alertmanager.receivers lacks ${lib.concatStringsSep ", " missing}, which the routes of checklistd
            name. Add { name = "${lib.concatStringsSep ", " missing}"; … } with what is to receive these alerts.
          '';
        }
      ];
      services.prometheus = {
        alertmanager = {
          enable = true;
          listenAddress = lib.mkDefault "127.0.0.1";
          configuration = routes // {
            inherit (cfg.alertmanager) receivers;
            templates = [ (shipped "alertmanager/checklistd.tmpl") ];
          };
        };
        alertmanagers = [
          {
            static_configs = [
              { targets = [ "127.0.0.1:${toString config.services.prometheus.alertmanager.port}" ]; }
            ];
          }
        ];
      };
    })
  ];
}
