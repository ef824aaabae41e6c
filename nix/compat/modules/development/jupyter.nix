# SPDX-License-Identifier: MIT
# The previous path of jupyter.service; the tools of notebooks are kernelcore.development.notebook.
{ lib, ... }:
{
  imports = [
    ../../../modules/services/development/jupyter.nix
    (lib.mkRenamedOptionModule [ "kernelcore" "development" "jupyter" "enable" ] [ "kernelcore" "services" "development" "jupyter" "enable" ])
  ];

  kernelcore.services.development.jupyter.enable = lib.mkDefault true;
  warnings = [
    "modules/development/jupyter.nix has moved and switches on what it held before; import modules/services instead, and set kernelcore.services.development.jupyter.enable"
  ];
}
