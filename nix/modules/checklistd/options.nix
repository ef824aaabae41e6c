# SPDX-License-Identifier: MIT
# The options of services.checklistd. Any module may declare specs, whether or not the daemon is enabled.
{ lib, pkgs, ... }:
let
  inherit (lib) mkOption types;

  read = path: builtins.fromJSON (builtins.readFile path);
  schemas = import ./schema-types.nix { inherit lib; };
  specSchema = read ../../../config/schema/service.schema.json;
  settingsSchema = read ../../../config/schema/checklistd.schema.json;

  severity = types.enum [
    "info"
    "warning"
    "critical"
  ];

  service = types.submodule {
    options = {
      unit = mkOption {
        type = types.strMatching "[^@]+@?[^@]*[.][a-z]+";
        description = "Name of the unit.";
      };
      user = mkOption {
        type = types.nullOr types.str;
        default = null;
        description = "User whose service manager runs the unit; null: the system's.";
      };
      group = mkOption {
        type = types.str;
        default = "other";
        description = "Heading under which the unit is listed.";
      };
      enabled = mkOption {
        type = types.bool;
        default = true;
        description = "false: the unit must not run, must not be started, and must not listen on its addresses.";
      };
      severity = mkOption {
        type = types.either severity (types.attrsOf severity);
        default = "warning";
        example = {
          default = "critical";
          hardening = "critical";
        };
        description = "Severity of alerts about the unit. A set gives it by check, and as `default` the unit's.";
      };
      settle = mkOption {
        type = types.str;
        default = "30s";
        description = "Time after a start during which missing listeners and failing probes are ignored.";
      };
      checks = schemas.optionOf specSchema.properties.checks {
        example.port_bindings.listen = [ "tcp:127.0.0.1:8080" ];
        description = "Parameters by check; true: defaults, false: the check is off. `checklistctl explain` lists the checks.";
      };
    };
  };
in
{
  options.services.checklistd = {
    enable = lib.mkEnableOption "checklistd, which checks systemd units against specs";
    package = mkOption {
      type = types.package;
      default = pkgs.checklistd or (pkgs.callPackage ../../package.nix { });
      defaultText = lib.literalExpression "pkgs.checklistd";
      description = "The package to use. By default that of an overlay or of nixpkgs, or, where they have none, of this repository.";
    };
    services = mkOption {
      type = types.attrsOf service;
      default = { };
      example.nginx = {
        unit = "nginx.service";
        checks.health_probe.url = "http://127.0.0.1/";
      };
      description = "Specs of units, each written to a file.";
    };
    absent = mkOption {
      type = types.attrsOf service;
      default = { };
      example.telnet.unit = "telnet.service";
      description = ''
        Specs of units that must not exist. A spec is written only where no module of this system defines its unit;
        a unit that another module defines is not judged.
      '';
    };
    elsewhere = mkOption {
      type = types.listOf types.str;
      readOnly = true;
      internal = true;
      description = "Units of `absent` that a module of this system defines.";
    };
    settings = schemas.optionOf settingsSchema {
      example.resync = "60s";
      description = "Content of checklistd.json.";
    };
    listenAddress = mkOption {
      type = types.str;
      default = "127.0.0.1";
      # As systemd writes it.
      apply = address: if lib.hasInfix ":" address && !lib.hasPrefix "[" address then "[${address}]" else address;
      description = "Address for /metrics, the report and the page, besides a socket in /run/checklistd.";
    };
    port = mkOption {
      type = types.port;
      default = 10558;
      description = "Port of that address.";
    };
    users = mkOption {
      type = types.listOf types.str;
      default = [ ];
      description = "Users whose own instance checks their units; users named by specs are added.";
    };
    lookAsRoot = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether checklistd-files.service, root with CAP_DAC_READ_SEARCH and CAP_SYS_PTRACE, reads the metadata of files that
        specs name and the daemon cannot reach, such as those in /etc/credstore.
      '';
    };
    testConfigurations = mkOption {
      type = types.bool;
      default = true;
      description = ''
        Whether checklistd-config-test.service runs, in a sandbox, the programs that specs name in unit_definition.config_test,
        as the user of each service or as checklistd-test.
      '';
    };
    files = mkOption {
      type = types.attrsOf types.str;
      readOnly = true;
      internal = true;
      description = "Files below /etc/checklistd, by relative path.";
    };
  };
}
