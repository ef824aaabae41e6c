# SPDX-License-Identifier: MIT
# services.checklistd.auto: specs of everything that the configuration defines. They are kept apart from those written by
# hand, because options of users and units are read here, which themselves depend on the latter.
{ config, lib, ... }:
let
  inherit (lib) mkOption types;
  cfg = config.services.checklistd;
  graph = import ./graph.nix {
    inherit lib;
    inherit (config) systemd;
    without = lib.hasPrefix "checklistd";
  };
  directives = import ./directives.nix { inherit lib; };
  host = import ./auto-host.nix { inherit lib config; };
  spec = import ./auto-unit.nix {
    inherit lib graph;
    inherit (cfg.auto) severity;
    files = config.systemd.units or { };
    listen = import ./auto-listen.nix { inherit lib config graph; };
  };

  # Why a unit has no derived spec; null: it has one.
  reason =
    { full, suffix, unit, name, ... }:
    if builtins.elem full cfg.auto.exclude then
      "excluded"
    else if lib.hasInfix "@" name then
      "template"
    else if unit.enable or true && (directives.dropIn unit || !complete.${suffix} unit) then
      "its file comes with a package"
    else
      null;
  complete = {
    service = directives.starts;
    socket = unit: unit.listenStreams or [ ] != [ ] || unit.listenDatagrams or [ ] != [ ] || hasAny "Listen" (unit.socketConfig or { });
    timer = unit: hasAny "On" (unit.timerConfig or { }) || unit.timerConfig or { } ? Unit;
    path = unit: unit.pathConfig or { } != { };
  };
  hasAny = prefix: set: builtins.any (lib.hasPrefix prefix) (builtins.attrNames set);
  candidates = builtins.filter (each: complete ? ${each.suffix}) (builtins.attrValues graph.units);

  byHand = lib.unique (
    builtins.concatMap (service: lib.optional (service.user == null) service.unit) (builtins.attrValues cfg.services)
  );
  free = each: !builtins.elem (graph.aliases.${each.unit} or each.unit) (map (unit: graph.aliases.${unit} or unit) byHand);
  mount = unit: {
    inherit unit;
    inherit (cfg.auto) severity;
    group = "auto";
    enabled = true;
    # The initrd mounts some of them.
    checks.boot_start = false;
  };
  derived = builtins.filter free (
    map spec (builtins.filter (each: reason each == null) candidates)
    ++ map mount (builtins.filter (unit: !builtins.elem unit cfg.auto.exclude) host.mounts)
  );
in
{
  options.services.checklistd.auto = {
    enable = lib.mkEnableOption ''
      specs of all services, sockets, timers, paths and mounts of this configuration, and of its users, derived from it.
      A spec in services.checklistd.services replaces the derived one of its unit'';
    exclude = mkOption {
      type = types.listOf types.str;
      default = [ ];
      example = [ "experiment.service" ];
      description = "Units that get no derived spec.";
    };
    severity = mkOption {
      type = types.enum [
        "info"
        "warning"
      ];
      default = "info";
      description = "Severity of derived specs; what is critical is written by hand.";
    };
    specs = mkOption {
      type = types.attrsOf types.raw;
      readOnly = true;
      description = "The derived specs, by the name of their file.";
    };
    users = mkOption {
      type = types.attrsOf types.raw;
      readOnly = true;
      description = "What the host check `users` expects of the users of this configuration.";
    };
    # Files of packages and templates are not known before the build: `checklistctl capture --units` reads them there.
    skipped = mkOption {
      type = types.attrsOf types.str;
      readOnly = true;
      description = "Units that this configuration touches and that get no derived spec, with the reason.";
    };
  };

  config.services.checklistd.auto = {
    specs = builtins.listToAttrs (
      map (each: {
        name = "auto-${builtins.replaceStrings [ "\\" ] [ "_" ] each.unit}";
        value = each;
      }) derived
    );
    inherit (host) users;
    skipped = lib.filterAttrs (_: why: why != null) (
      builtins.listToAttrs (
        map (each: {
          name = each.full;
          value = reason each;
        }) candidates
      )
    );
  };
}
