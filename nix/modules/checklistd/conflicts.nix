# SPDX-License-Identifier: MIT
# Assertions: no two services declare one address, and no name belongs to two units. Evaluated before the build.
{ config, lib, ... }:
let
  specs = lib.filterAttrs (_: service: service.enabled) config.services.checklistd.services;

  addresses =
    service:
    let
      bindings = service.checks.port_bindings or false;
    in
    if builtins.isAttrs bindings then bindings.listen or [ ] else [ ];

  # "tcp:127.0.0.1:8080" as { kind = "tcp"; host = "127.0.0.1"; port = "8080"; }; null without a port.
  parts =
    address:
    let
      found = builtins.match "(tcp|udp):(.*):([0-9]+)" address;
    in
    if found == null then
      null
    else
      {
        kind = builtins.elemAt found 0;
        host = builtins.elemAt found 1;
        port = builtins.elemAt found 2;
      };
  wide =
    host:
    builtins.elem host [
      "*"
      "0.0.0.0"
      "[::]"
    ];
  clash =
    one: other:
    one == other
    || (
      let
        a = parts one;
        b = parts other;
      in
      a != null && b != null && a.kind == b.kind && a.port == b.port && (wide a.host || wide b.host)
    );

  claims = lib.concatLists (
    lib.mapAttrsToList (
      _: service:
      map (address: {
        inherit (service) unit;
        inherit address;
      }) (addresses service)
    ) specs
  );
  conflicts = lib.concatMap (
    one:
    map (other: {
      inherit one other;
    }) (lib.filter (other: one.unit < other.unit && clash one.address other.address) claims)
  ) claims;

  # Only units with a spec; other units may share names.
  aliases = lib.concatLists (
    lib.mapAttrsToList (
      name: unit:
      if builtins.elem "${name}.service" units then map (alias: { inherit name alias; }) unit.aliases else [ ]
    ) config.systemd.services
  );
  units = lib.mapAttrsToList (_: service: service.unit) specs;
  taken = lib.filter (
    claim: builtins.hasAttr (lib.removeSuffix ".service" claim.alias) config.systemd.services
  ) aliases;
in
{
  assertions = [
    {
      assertion = conflicts == [ ];
      message = lib.concatMapStringsSep "; " (
        pair:
        "${pair.one.unit} and ${pair.other.unit} both declare ${pair.one.address}"
        + lib.optionalString (pair.one.address != pair.other.address) " (as ${pair.other.address})"
      ) conflicts;
    }
    {
      assertion = taken == [ ];
      message = lib.concatMapStringsSep "; " (
        claim: "${claim.alias} is a unit of its own and cannot be an alias of ${claim.name}.service"
      ) taken;
    }
  ];
}
