# SPDX-License-Identifier: MIT
# One spec and the unit that it names, compared: a list of { what, unit, spec } for what disagrees.
{
  lib,
  graph,
  packages,
  defaults,
}:
let
  directives = import ./directives.nix { inherit lib; };
  inherit (directives) plain word words;

  # The files of packages are not known at evaluation; their names say enough to leave their units alone.
  packaged =
    base:
    builtins.any (prefix: lib.hasPrefix prefix base) [
      "systemd-"
      "dbus"
      "user@"
      "getty"
      "checklistd"
    ]
    || builtins.any (package: lib.hasInfix base (package.pname or package.name or "")) packages;
  # One that no module defines is missed only if its package would be recognized.
  absent = full: !(graph.units ? ${full} || graph.aliases ? ${full} || packaged (stem full).base || lib.hasInfix "@" full);
  stem =
    full:
    let
      parts = builtins.match "(.*)[.]([a-z]+)" full;
    in
    {
      base = builtins.head parts;
      suffix = lib.last parts;
    };
  judgeable = [
    "service"
    "socket"
    "timer"
    "path"
  ];

  size =
    value:
    let
      parts = builtins.match "([0-9]+)([KMGT])" value;
      factor = {
        K = 1024;
        M = 1048576;
        G = 1073741824;
        T = 1099511627776;
      };
    in
    if parts == null then value else toString (builtins.fromJSON (builtins.head parts) * factor.${lib.last parts});
  sorted = value: builtins.sort builtins.lessThan (lib.unique (words value));
  isList = value: builtins.isList value || lib.hasInfix " " (word value);
  same =
    a: b:
    plain a == plain b || size (word a) == size (word b) || (isList a || isList b) && sorted a == sorted b;

  # What DynamicUser= implies (systemd.exec(5)).
  implied =
    config:
    lib.optionalAttrs (plain (config.DynamicUser or false) == true) {
      NoNewPrivileges = true;
      PrivateTmp = true;
      ProtectHome = "read-only";
      ProtectSystem = "strict";
      RemoveIPC = true;
      RestrictSUIDSGID = true;
    };
  # More than was demanded passes for these, as for the daemon.
  order = {
    ProtectSystem = [ false true "full" "strict" ];
    ProtectHome = [ false "read-only" "tmpfs" true ];
    ProtectProc = [ "default" "noaccess" "invisible" "ptraceable" ];
    DevicePolicy = [ "auto" "closed" "strict" ];
    KeyringMode = [ "inherit" "shared" "private" ];
  };
  rank =
    name: value:
    let
      scale = order.${name};
      found = builtins.filter (index: builtins.elemAt scale index == plain value) (builtins.genList (index: index) (
        builtins.length scale
      ));
    in
    if found == [ ] then -1 else builtins.head found;
  enough =
    name: have: want:
    same have want || order ? ${name} && rank name want > 0 && rank name have >= rank name want;

  directive =
    check: packagedUnit: config: name: want:
    let
      have = config.${name} or (implied config).${name} or defaults.${"Default" + name} or null;
      nothing = builtins.elem (plain want) [ false "infinity" "" "none" "inherit" "auto" "default" "all" ];
    in
    lib.optional
      (
        if have == null then
          !packagedUnit && !nothing
        else
          directives.usable have && !enough name have want
      )
      {
        what = "checks.${check}.${name}";
        unit =
          if have == null then "does not set it" else "has ${lib.concatMapStringsSep " " word (directives.list have)}";
        spec = lib.concatMapStringsSep " " word (directives.list want);
      };

  # systemd adds these by itself, or the other unit's definition does.
  automatic =
    full: name: unit: other:
    builtins.elem (stem other).suffix [ "slice" "mount" "device" ]
    || builtins.elem other [ "basic.target" "sysinit.target" "shutdown.target" ]
    || builtins.elem full ((graph.units.${other} or { }).triggers or [ ])
    || builtins.elem other ((graph.units.${full} or { }).triggers or [ ])
    || (
      let
        there = (graph.units.${other} or { unit = { }; }).unit;
        back = {
          after = [ "Before" "before" ];
          before = [ "After" "after" ];
          wants = [ "" "wantedBy" ];
          requires = [ "" "requiredBy" ];
          upholds = [ "" "upheldBy" ];
          conflicts = [ "Conflicts" "conflicts" ];
        };
      in
      back ? ${name}
      && builtins.elem full (directives.edges (builtins.head back.${name}) (lib.last back.${name}) there)
    );
  edge =
    full: packagedUnit: unit: name: other:
    let
      at = directives.own.${name};
      have = directives.edges at.directive at.option unit;
    in
    lib.optional (!packagedUnit && !builtins.elem other have && !automatic full name unit other) {
      what = "checks.dependencies.${name}";
      unit = if have == [ ] then "has no ${at.directive}=" else "has ${at.directive}=${lib.concatStringsSep " " have}";
      spec = other;
    }
    ++ lib.optional (builtins.elem (stem other).suffix judgeable && absent other) {
      what = "checks.dependencies.${name}";
      unit = "finds no ${other}: no module defines it";
      spec = other;
    };

  defined =
    spec: full: each:
    let
      inherit (each) unit suffix;
      checks = lib.filterAttrs (_: builtins.isAttrs) spec.checks;
      of = check: checks.${check} or { };
      ours = suffix == "service" && packaged (stem full).base && !directives.starts unit || directives.dropIn unit;
      config = unit.${"${suffix}Config"} or { };
      target = (of "boot_start").target or null;
      program = directives.program unit;
      wanted = (of "unit_definition").exec_start or null;
      addresses = map (address: "unix:${address}") (lib.filter (lib.hasPrefix "/") (unit.listenStreams or [ ]));
      dependencies = lib.filterAttrs (name: _: directives.own ? ${name}) (of "dependencies");
    in
    lib.concatLists (lib.mapAttrsToList (directive "resource_limits" ours config) (of "resource_limits"))
    ++ lib.concatLists (
      lib.mapAttrsToList (directive "hardening" ours config) (removeAttrs (of "hardening") [ "max_exposure" ])
    )
    ++ lib.concatLists (
      lib.mapAttrsToList (name: others: builtins.concatMap (edge full ours unit name) (directives.list others)) dependencies
    )
    ++ lib.optional
      (
        target != null
        && (of "boot_start").by or "target" == "target"
        && !builtins.elem target (graph.ancestors full)
      )
      {
        what = "checks.boot_start.target";
        unit =
          let
            by = graph.pullers full;
          in
          if by == [ ] then "is wanted by no unit" else "is wanted by ${lib.concatStringsSep " " by}";
        spec = target;
      }
    ++ lib.optional (wanted != null && program != null && builtins.match ".*[*?[].*" wanted == null && wanted != program) {
      what = "checks.unit_definition.exec_start";
      unit = "starts ${program}";
      spec = wanted;
    }
    ++ map (alias: {
      what = "checks.unit_definition.aliases";
      unit = "has no alias ${alias}";
      spec = alias;
    }) (lib.filter (alias: !builtins.elem alias (unit.aliases or [ ]) && !ours) ((of "unit_definition").aliases or [ ]))
    ++ map (address: {
      what = "checks.port_bindings.listen";
      unit = "has ListenStream=${lib.removePrefix "unix:" address}";
      spec = lib.concatStringsSep " " ((of "port_bindings").listen or [ ]);
    }) (
      lib.filter (address: suffix == "socket" && !builtins.elem address (of "port_bindings").listen) (
        lib.optionals ((of "port_bindings") ? listen) addresses
      )
    );
in
spec:
let
  full = graph.aliases.${spec.unit} or spec.unit;
  each = graph.units.${full} or null;
  inherit (stem full) base suffix;
  enabled = what: unit: [
    {
      what = "enabled";
      inherit unit;
      spec = what;
    }
  ];
  stub =
    suffix == "service"
    && !directives.starts each.unit
    && (each.unit.serviceConfig.ExecStop or [ ]) == [ ]
    && !directives.dropIn each.unit
    && !packaged base;
in
if !builtins.elem suffix judgeable || lib.hasInfix "@" full then
  [ ]
else if each == null then
  lib.optionals (spec.enabled && absent full) (enabled "true" "is defined by no module")
else if !spec.enabled then
  if !each.unit.enable then
    [ ]
  else if stub then
    enabled "false" "is defined without ExecStart="
  else
    lib.optionals (graph.pullers full != [ ]) (
      enabled "false" "is defined, and started by ${lib.concatStringsSep " " (graph.pullers full)}"
    )
else if !each.unit.enable then
  enabled "true" "is masked (systemd.${suffix}s.${base}.enable = false)"
else if stub then
  enabled "true" "has no ExecStart="
else
  defined spec full each
