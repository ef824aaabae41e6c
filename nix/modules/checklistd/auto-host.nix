# SPDX-License-Identifier: MIT
# What is not a unit's: users as the configuration declares them, and file systems as their mount units.
{ lib, config }:
let
  shell = user: baseNameOf (user.shell.shellPath or (toString user.shell));
  system = user: user.isSystemUser && (user.uid == null || user.uid < 1000);

  # As `systemd-escape --path` writes it.
  escaped =
    path:
    let
      inner = lib.removeSuffix "/" (lib.removePrefix "/" path);
      characters = builtins.filter (each: builtins.isString each && each != "") (
        builtins.concatMap (part: if builtins.isList part then part else [ part ]) (builtins.split "(.)" inner)
      );
      plain = each: builtins.match "[A-Za-z0-9:_.]" each != null;
      hex = {
        "-" = "\\x2d";
        " " = "\\x20";
        "@" = "\\x40";
        "+" = "\\x2b";
        "," = "\\x2c";
        "=" = "\\x3d";
        "~" = "\\x7e";
      };
    in
    if inner == "" then
      "-"
    else
      lib.concatStringsSep "" (map (each: if each == "/" then "-" else if plain each then each else hex.${each} or "?") characters);

  # Early ones are mounted by the initrd; what is mounted on demand has an automount.
  always = lib.filterAttrs (
    _: each:
    each.fsType != "swap"
    && !builtins.any (option: builtins.elem option [ "noauto" "x-systemd.automount" ]) each.options
    && !lib.hasInfix "?" (escaped each.mountPoint)
  ) (config.fileSystems or { });
in
{
  users = builtins.mapAttrs (
    _: user:
    {
      groups = lib.unique (builtins.filter (group: group != "") ([ user.group ] ++ user.extraGroups));
      home = toString user.home;
    }
    // lib.optionalAttrs (system user || user.isNormalUser) { system = system user; }
    // lib.optionalAttrs (user.shell != null) { shell = shell user; }
  ) (lib.filterAttrs (_: user: user.enable or true && (user.isSystemUser || user.isNormalUser)) config.users.users);

  mounts = lib.mapAttrsToList (_: each: "${escaped each.mountPoint}.mount") always;
}
