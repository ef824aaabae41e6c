# SPDX-License-Identifier: MIT
# What package.nix says, with names for packages: its inputs, its phases and the files of its source. No nixpkgs.
#   nix-instantiate --eval --strict --json derivation.nix --argstr package FILE
{ package }:
let
  lib = import ../evaluator/lib.nix;
  file = /. + package;
  function = import file;
  named = builtins.mapAttrs (name: _: {
    inherit name;
    outPath = "/nix/store/00000000000000000000000000000000-${name}";
  }) (builtins.functionArgs function);

  derivation = function (
    named
    // {
      inherit lib;
      stdenv.mkDerivation = make: make (derivation // { finalPackage = derivation; });
      testers.testVersion = given: given;
    }
  );
  names = map (input: input.name);
in
{
  inherit (derivation) pname version postPatch doCheck strictDeps;
  native = names (derivation.nativeBuildInputs ++ derivation.nativeCheckInputs);
  host = names (derivation.buildInputs ++ derivation.checkInputs);
  checked = names (derivation.nativeCheckInputs ++ derivation.checkInputs);
  cmakeFlags = derivation.cmakeFlags or [ ];
  tests = builtins.attrNames derivation.passthru.tests;
  meta = removeAttrs derivation.meta [ "license" "platforms" ];
  source = derivation.src;
}
