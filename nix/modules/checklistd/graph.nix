# SPDX-License-Identifier: MIT
# Which units a manager's configuration defines, and which of them start which.
{
  lib,
  systemd,
  # checklistd's own units depend on the specs, which therefore cannot be derived from them.
  without ? _: false,
}:
let
  inherit (import ./directives.nix { inherit lib; }) edges word;
  kinds = {
    service = systemd.services or { };
    socket = systemd.sockets or { };
    timer = systemd.timers or { };
    path = systemd.paths or { };
    target = systemd.targets or { };
  };
  all = builtins.concatMap (
    suffix:
    lib.mapAttrsToList (name: unit: {
      inherit suffix unit name;
      full = "${name}.${suffix}";
    }) (lib.filterAttrs (name: _: !without name) kinds.${suffix})
  ) (builtins.attrNames kinds);

  triggered =
    each:
    let
      named = {
        socket = each.unit.socketConfig.Service or null;
        timer = each.unit.timerConfig.Unit or null;
        path = each.unit.pathConfig.Unit or null;
      };
    in
    lib.optional (named ? ${each.suffix}) (
      if named.${each.suffix} == null then "${each.name}.service" else word named.${each.suffix}
    );
  pull = from: to: { inherit from to; };
  pulls = builtins.concatMap (
    { unit, full, ... }@each:
    map (target: pull target full) (unit.wantedBy or [ ] ++ unit.requiredBy or [ ] ++ unit.upheldBy or [ ])
    ++ map (pull full) (
      triggered each
      ++ edges "Wants" "wants" unit
      ++ edges "Requires" "requires" unit
      ++ edges "BindsTo" "bindsTo" unit
      ++ edges "Upholds" "upholds" unit
    )
  ) (builtins.filter (each: each.unit.enable or true) all);

  # Of systemd's own targets.
  upstream = [
    (pull "default.target" "graphical.target")
    (pull "default.target" "multi-user.target")
    (pull "graphical.target" "multi-user.target")
    (pull "multi-user.target" "basic.target")
    (pull "multi-user.target" "getty.target")
    (pull "multi-user.target" "remote-fs.target")
    (pull "multi-user.target" "machines.target")
    (pull "basic.target" "sysinit.target")
    (pull "basic.target" "sockets.target")
    (pull "basic.target" "timers.target")
    (pull "basic.target" "paths.target")
    (pull "basic.target" "slices.target")
    (pull "sysinit.target" "local-fs.target")
    (pull "sysinit.target" "swap.target")
  ];
  by = builtins.groupBy (each: each.to) (pulls ++ upstream);
  pullers = unit: lib.unique (map (each: each.from) (by.${unit} or [ ]));
  ancestors =
    unit:
    map (each: each.key) (
      builtins.genericClosure {
        startSet = [ { key = unit; } ];
        operator = each: map (key: { inherit key; }) (pullers each.key);
      }
    );
in
{
  inherit ancestors pullers;
  units = builtins.listToAttrs (
    map (each: {
      name = each.full;
      value = each // {
        triggers = triggered each;
      };
    }) all
  );
  # Other names, and the unit that has them.
  aliases = builtins.listToAttrs (
    builtins.concatMap (
      each:
      map (name: {
        inherit name;
        value = each.full;
      }) (each.unit.aliases or [ ])
    ) all
  );
  # Targets that a boot reaches, nearest first; `target` is one of them that starts the unit, or null.
  bootTarget =
    unit:
    let
      above = ancestors unit;
      direct = builtins.filter (name: lib.hasSuffix ".target" name && builtins.elem "default.target" (ancestors name)) (
        pullers unit
      );
    in
    if direct != [ ] then
      builtins.head direct
    else if builtins.elem "multi-user.target" above then
      "multi-user.target"
    else
      null;
}
