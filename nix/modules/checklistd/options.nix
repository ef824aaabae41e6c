# SPDX-License-Identifier: MIT
# The options of services.checklistd. Specs may be declared by anybody, whether or not the daemon runs.
{ lib, pkgs, ... }:
let
  inherit (lib) mkOption types;

  json =
    types.nullOr (
      types.oneOf [
        types.bool
        types.int
        types.float
        types.str
        (types.listOf json)
        (types.attrsOf json)
      ]
    )
    // {
      description = "JSON value";
    };

  service = types.submodule {
    options = {
      unit = mkOption {
        type = types.strMatching "[^@]+@?[^@]*[.][a-z]+";
        description = "The unit, as systemctl spells it.";
      };
      user = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "Whose service manager it belongs to; null: the system's.";
      };
      group = mkOption {
        type = types.str;
        default = "other";
        description = "Under which heading it stands.";
      };
      enabled = mkOption {
        type = types.bool;
        default = true;
        description = "false: it must not run, must not start, and must hold none of its addresses.";
      };
      severity = mkOption {
        type = types.enum [
          "info"
          "warning"
          "critical"
        ];
        default = "warning";
        description = "How much a failure matters.";
      };
      settle = mkOption {
        type = types.str;
        default = "30s";
        description = "How long after its start listeners and probes may be missing.";
      };
      checks = mkOption {
        type = types.attrsOf (types.either types.bool (types.attrsOf json));
        default = { };
        example.port_bindings.listen = [ "tcp:127.0.0.1:8080" ];
        description = "Parameters by check; true: with defaults, false: not at all. `checklistctl explain` lists them.";
      };
    };
  };
in
{
  options.services.checklistd = {
    enable = lib.mkEnableOption "checklistd, which holds systemd units to what is expected of them";
    package = mkOption {
      type = types.package;
      default = pkgs.callPackage ../../package.nix { };
      defaultText = "the package of this repository";
      description = "The package to use.";
    };
    services = mkOption {
      type = types.attrsOf service;
      default = { };
      example.nginx = {
        unit = "nginx.service";
        checks.health_probe.url = "http://127.0.0.1/";
      };
      description = "What is expected of each unit; one spec file each.";
    };
    settings = mkOption {
      type = types.attrsOf json;
      default = { };
      example.resync = "60s";
      description = "checklistd.json, key by key.";
    };
    listenAddress = mkOption {
      type = types.str;
      default = "127.0.0.1";
      description = "Where /metrics, the report and the page are served, besides a socket in /run/checklistd.";
    };
    port = mkOption {
      type = types.port;
      default = 10558;
      description = "Port at that address.";
    };
    users = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Users whose own instance watches their units; those that specs name are among them by themselves.";
    };
    lookAsRoot = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether checklistd-files.service, root without any right but to look, tells of files that specs name and that
        the daemon cannot reach, such as those in /etc/credstore.
      '';
    };
    files = mkOption {
      type = types.attrsOf types.str;
      readOnly = true;
      internal = true;
      description = "What is below /etc/checklistd, by relative path.";
    };
  };
}
