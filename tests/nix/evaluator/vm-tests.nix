# SPDX-License-Identifier: MIT
# The Python of the VM tests, by name; that of their own programs is in nix/tests/*.py.
#   nix-instantiate --eval --strict --json vm-tests.nix --argstr nix DIRECTORY
{ nix }:
let
  pkgs = {
    lib = import ./lib.nix // {
      inherit (builtins) head mapAttrs replaceStrings;
      setAttrByPath = _: _: { }; # modules of the machines are not evaluated here
      splitString = _: _: [ ];
    };
    testers.runNixOSTest = test: test.testScript;
  };
in
import (/. + nix + "/tests") { inherit pkgs; }
