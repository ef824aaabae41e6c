# SPDX-License-Identifier: MIT
# The options of units that the modules use, typed as in NixOS.
{ lib }:
let
  inherit (lib) mkOption types;
  atom = types.oneOf [
    types.bool
    types.int
    types.float
    types.str
    types.path
  ];
  directives = mkOption {
    type = types.attrsOf (types.either atom (types.listOf atom));
    default = { };
  };
  names = mkOption {
    type = types.listOf (types.strMatching "[a-zA-Z0-9@%:_.\\-]+[.](service|socket|device|mount|automount|swap|target|path|timer|scope|slice)");
    default = [ ];
  };
  text = mkOption {
    type = types.str;
    default = "";
  };
  script = mkOption {
    type = types.lines;
    default = "";
  };
  flag = mkOption {
    type = types.bool;
    default = true;
  };
  strings = mkOption {
    type = types.listOf types.str;
    default = [ ];
  };

  unit = {
    enable = flag;
    description = text;
    documentation = strings;
    after = names;
    before = names;
    wants = names;
    requires = names;
    bindsTo = names;
    partOf = names;
    conflicts = names;
    wantedBy = names;
    requiredBy = names;
    aliases = names;
    unitConfig = directives;
    reloadTriggers = mkOption {
      type = types.listOf types.raw;
      default = [ ];
    };
  };
  set = more: mkOption {
    type = types.attrsOf (types.submodule { options = unit // more; });
    default = { };
  };
in
{
  services = set {
    environment = mkOption {
      type = types.attrsOf (types.nullOr (types.either types.str types.path));
      default = { };
    };
    path = mkOption {
      type = types.listOf (types.either types.package types.str);
      default = [ ];
    };
    inherit script;
    preStart = script;
    serviceConfig = directives;
  };
  sockets = set {
    listenStreams = strings;
    socketConfig = directives;
  };
  paths = set { pathConfig = directives; };
  timers = set { timerConfig = directives; };
}
