# SPDX-License-Identifier: MIT
# The flake: package, modules, checks, a shell to work in and an example system.
{
  description = "Proves, after a migration, that every systemd service still does what it did";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      inherit (nixpkgs) lib;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
      ];
      each = make: lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      here = pkgs: pkgs.stdenv.hostPlatform.system;
    in
    {
      packages = each (pkgs: rec {
        checklistd = pkgs.callPackage ./nix/package.nix { };
        default = checklistd;
      });

      nixosModules = {
        checklistd = ./nix/modules/checklistd;
        services = ./nix/modules/services;
        default = self.nixosModules.services;
      };

      checks = each (
        pkgs:
        { package = self.packages.${here pkgs}.checklistd; } // import ./nix/tests { inherit pkgs; }
      );

      devShells = each (pkgs: {
        default = pkgs.mkShell {
          inputsFrom = [ self.packages.${here pkgs}.checklistd ];
          packages = with pkgs; [
            clang-tools
            gtest
            python3Packages.pytest
          ];
        };
      });

      nixosConfigurations = lib.mapAttrs' (system: name: {
        inherit name;
        value = lib.nixosSystem {
          inherit system;
          modules = [
            self.nixosModules.services
            ./nix/example.nix
          ];
        };
      }) {
        x86_64-linux = "example";
        aarch64-linux = "example-aarch64";
      };
    };
}
