# SPDX-License-Identifier: MIT
# Assertions: no two services declare one address, no name belongs to two units, and the users of specs exist. Evaluated before the build.
{ config, lib, ... }:
let
  cfg = config.services.checklistd;
  specs = lib.filterAttrs (_: service: service.enabled) cfg.services;

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
  # [::] may take IPv4 as well, but a server that has 0.0.0.0 beside it does not.
  covers =
    wide: host:
    wide == "*"
    || wide == "0.0.0.0" && !lib.hasPrefix "[" host
    || wide == "[::]" && host != "0.0.0.0";
  clash =
    one: other:
    one == other
    || (
      let
        a = parts one;
        b = parts other;
      in
      a != null && b != null && a.kind == b.kind && a.port == b.port && (covers a.host b.host || covers b.host a.host)
    );

  # Units of one name in two users' managers are two units.
  claims =
    lib.concatLists (
      lib.mapAttrsToList (
        _: service:
        map (address: {
          unit = lib.optionalString (service.user != null) "${service.user}/" + service.unit;
          inherit address;
        }) (addresses service)
      ) specs
    )
    ++ lib.optional cfg.enable {
      unit = "checklistd.socket";
      address = "tcp:${cfg.listenAddress}:${toString cfg.port}";
    };
  ownSocket = one: other: lib.hasPrefix "checklistd." one.unit && lib.hasPrefix "checklistd." other.unit;
  conflicts = lib.concatMap (
    one:
    map (other: {
      inherit one other;
    }) (lib.filter (
      other: one.unit < other.unit && !ownSocket one other && clash one.address other.address
    ) claims)
  ) claims;

  strangers = lib.filter (each: !(config.users.users ? ${each.user})) (
    map (user: {
      inherit user;
      option = "services.checklistd.users";
    }) cfg.users
    ++ lib.mapAttrsToList (name: service: {
      inherit (service) user;
      option = "services.checklistd.services.${name}.user";
    }) (lib.filterAttrs (_: service: service.user != null) specs)
  );

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
      assertion = !cfg.enable || strangers == [ ];
      message = lib.concatMapStringsSep "; " (
        stranger: "${stranger.option}: users.users.${stranger.user} does not exist"
      ) strangers;
    }
    {
      assertion = taken == [ ];
      message = lib.concatMapStringsSep "; " (
        claim: "${claim.alias} is a unit of its own and cannot be an alias of ${claim.name}.service"
      ) taken;
    }
  ];
}
