# SPDX-License-Identifier: MIT
# prometheus.service: NixOS's own module on loopback, hardened.
{ config, lib, ... }:
let
  cfg = config.kernelcore.services.monitoring.prometheus;
  shared = import ../lib/hardening.nix { inherit lib; };
  service = import ../lib/service.nix { inherit lib; };
  inherit (config.services) prometheus;
  inherit (lib) mkOption types;

  limits = {
    MemoryMax = "4G";
    LimitNOFILE = 65536;
  };
  # The values of a flag that services.prometheus has no option for.
  values =
    flag:
    map (argument: builtins.head (builtins.match "--${flag}=(.*)" argument)) (
      lib.filter (argument: builtins.match "--${flag}=.*" argument != null) prometheus.extraFlags
    );
  prefix =
    let
      given = values "web[.]route-prefix";
    in
    if given == [ ] then service.pathOf prometheus.webExternalUrl else service.pathOf "http://x${lib.last given}";
  address = "${service.reached prometheus.listenAddress}:${toString prometheus.port}";
in
{
  imports = [
    ../lib/checklistd.nix
    (lib.mkAliasOptionModule
      [ "kernelcore" "services" "monitoring" "prometheus" "port" ]
      [ "services" "prometheus" "port" ]
    )
  ];

  options.kernelcore.services.monitoring.prometheus = {
    enable = lib.mkEnableOption "Prometheus, as `services.prometheus` configures it";
    retention = mkOption {
      type = types.str;
      default = "30d";
      description = "How long samples are kept.";
    };
    limits = service.limits limits;
    url = mkOption {
      type = types.str;
      readOnly = true;
      internal = true;
      description = "Where Prometheus is reached from this machine.";
    };
  };

  config = lib.mkMerge [
    {
      kernelcore.services.monitoring.prometheus = {
        limits = service.defaults limits;
        url = "http://${address}${prefix}";
      };

      services.checklistd = service.toggled cfg.enable {
        prometheus = {
          unit = "prometheus.service";
          group = "monitoring";
          severity = "critical";
          checks = removeAttrs (service.served {
              host = prometheus.listenAddress;
              inherit (prometheus) port;
              path = "${prefix}/-/healthy";
              also = map (each: "tcp:${each}") (values "web[.]listen-address");
            }) (
              # A web config file decides about TLS and logins, which evaluation cannot see.
              lib.optional (prometheus.webConfigFile != null) "health_probe"
            ) // {
            boot_start.target = "multi-user.target";
            resource_limits = cfg.limits;
            hardening = shared.expected shared.network 2.0;
            journal_errors = import ../lib/journal-errors.nix "prometheus";
          };
        };
      };
    }
    (lib.mkIf cfg.enable {
      services.prometheus = {
        enable = true;
        listenAddress = lib.mkDefault "127.0.0.1";
        retentionTime = lib.mkDefault cfg.retention;
        scrapeConfigs = [
          {
            job_name = "prometheus";
            metrics_path = lib.mkIf (prefix != "") "${prefix}/metrics";
            static_configs = [ { targets = [ address ]; } ];
          }
        ];
      };
      systemd.services.prometheus.serviceConfig =
        shared.over shared.network // service.defaults cfg.limits;
    })
  ];
}
