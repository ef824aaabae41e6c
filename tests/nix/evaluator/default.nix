# SPDX-License-Identifier: MIT
# Evaluates modules without nixpkgs and renders what they make: `configurations` maps names to module lists.
#   nix-instantiate --eval --strict --json tests/nix/evaluator --arg configurations '{ ... }'
{ configurations }:
let
  lib = import ./lib.nix;
  pkgs = import ./pkgs.nix;
  render = import ./render.nix { inherit lib pkgs; };
  utils.escapeSystemdExecArgs =
    arguments:
    lib.concatMapStringsSep " " (
      argument: builtins.replaceStrings [ "%" "$" ] [ "%%" "$$" ] (builtins.toJSON (toString argument))
    ) arguments;
  evaluate =
    modules:
    (lib.evalModules {
      modules = [ ./nixos.nix ] ++ modules;
      specialArgs = { inherit pkgs utils; };
    }).config;
in
builtins.mapAttrs (_: modules: render (evaluate modules)) configurations
