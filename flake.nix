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
      overlays.default = final: _: {
        checklistd = final.callPackage ./nix/package.nix { };
      };

      packages = each (pkgs: rec {
        checklistd = pkgs.callPackage ./nix/package.nix { };
        default = checklistd;
      });

      formatter = each (pkgs: pkgs.nixfmt-tree);

      # The daemon alone is the default, because the tree declares units. compat-*: the places from which the plan moved them.
      nixosModules = {
        checklistd = ./nix/modules/checklistd;
        default = self.nixosModules.checklistd;
        services = ./nix/modules/services;
        compat-jupyter = ./nix/compat/modules/development/jupyter.nix;
        compat-llama = ./nix/compat/modules/ml/llama.nix;
        compat-monitoring = ./nix/compat/modules/services;
        compat-security = ./nix/compat/sec/hardening.nix;
        compat-services = ./nix/compat/modules/system/services.nix;
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
