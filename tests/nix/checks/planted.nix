# SPDX-License-Identifier: MIT
# One whole system with a mistake in it: what its evaluation says, and which specs and units it has.
{
  nixpkgs,
  nix,
  base,
  planted,
}:
let
  lib = import (/. + nixpkgs + "/lib");
  evalConfig = import (/. + nixpkgs + "/nixos/lib/eval-config.nix");
  inherit
    (evalConfig {
      system = "x86_64-linux";
      modules = [
        (/. + nix + "/modules/services")
        base
        planted
        {
          fileSystems."/" = {
            device = "/dev/disk/by-label/nixos";
            fsType = "ext4";
          };
          boot.loader.grub.device = "nodev";
          users.users.dev.isNormalUser = true;
          system.stateVersion = lib.trivial.release;
        }
      ];
    })
    config
    ;
  text = units: lib.mapAttrs (_: unit: unit.text) (lib.filterAttrs (_: unit: unit.enable && unit.text != null) units);
  named = lib.mapAttrsToList (_: spec: spec.unit) config.services.checklistd.services;
in
{
  failed = map (each: each.message) (lib.filter (each: !each.assertion) config.assertions);
  inherit (config) warnings;
  specs = config.services.checklistd.files;
  units = lib.filterAttrs (name: _: builtins.elem name named) (text config.systemd.units);
}
