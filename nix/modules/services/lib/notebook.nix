# SPDX-License-Identifier: MIT
# The tools of notebooks: their configuration, separate from that of the service.
{ lib, pkgs, ... }:
let
  inherit (lib) mkOption types;
in
{
  options.kernelcore.development.notebook = {
    python = mkOption {
      type = types.package;
      default = pkgs.python3;
      defaultText = lib.literalExpression "pkgs.python3";
      description = "The Python that runs Jupyter and its kernel.";
    };
    libraries = mkOption {
      type = types.functionTo (types.listOf types.package);
      default = _: [ ];
      defaultText = lib.literalExpression "_: [ ]";
      example = lib.literalExpression "python: [ python.numpy ]";
      description = "Python packages besides Jupyter's own, chosen from the Python's package set.";
    };
  };
}
