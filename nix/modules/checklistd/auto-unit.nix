# SPDX-License-Identifier: MIT
# The spec of one unit, read from its definition: what is defined is expected, and nothing else.
{
  lib,
  graph,
  files, # systemd.units
  listen, # addresses, by service
  severity,
}:
let
  directives = import ./directives.nix { inherit lib; };
  present = lib.filterAttrs (_: value: value != null && value != [ ] && value != { });

  # Targets that units order themselves by, besides those that modules define.
  targets = [
    "basic.target"
    "default.target"
    "graphical.target"
    "local-fs.target"
    "multi-user.target"
    "network.target"
    "network-online.target"
    "remote-fs.target"
    "sockets.target"
    "sysinit.target"
    "timers.target"
  ];
  # Only with units that are there: an ordering by one that is not says nothing.
  known = unit: builtins.elem unit targets || files ? ${unit} && files.${unit}.enable;
  edges =
    unit:
    present (
      builtins.mapAttrs (
        _: at:
        builtins.filter (other: other != "shutdown.target" && !lib.hasInfix "@" other && !lib.hasInfix "%" other && known other) (
          directives.edges at.directive at.option unit
        )
      ) directives.own
    );

  # Where its file is in the store: another generation's, or one in /etc, has another path.
  fragment =
    full: unit:
    let
      file = files.${full} or null;
    in
    if file == null || !file.enable || directives.dropIn unit then
      null
    else
      builtins.unsafeDiscardStringContext "${file.unit}/${full}";

  conditional = unit: builtins.any (name: lib.hasPrefix "Condition" name || lib.hasPrefix "Assert" name) (
    builtins.attrNames (unit.unitConfig or { })
  );
in
{ full, suffix, unit, name, ... }:
let
  config = unit.${"${suffix}Config"} or { };
  target = graph.bootTarget full;
  # One that is started by hand, or by another at times, is in no state that can be expected.
  idle = graph.pullers full == [ ] && (unit.aliases or [ ]) == [ ] && !(config ? BusName);
in
{
  unit = full;
  group = "auto";
  inherit severity;
  enabled = unit.enable or true;
  checks =
    present {
      unit_definition = present {
        aliases = unit.aliases or [ ];
        fragment_path = fragment full unit;
        exec_start = if suffix == "service" then directives.program unit else null;
      };
      dependencies = edges unit;
      hardening = lib.optionalAttrs (suffix == "service") (directives.given "hardening" config);
      resource_limits = directives.given "resource_limits" config;
      port_bindings = lib.optionalAttrs (listen ? ${full}) listen.${full};
    }
    // {
      boot_start = if target == null || conditional unit then false else { inherit target; };
    }
    // lib.optionalAttrs (idle || conditional unit) { service_state = false; };
}
