# SPDX-License-Identifier: MIT
# The previous path of llamacpp.service; the model is still kernelcore.ml.llama.
{ lib, ... }:
{
  imports = [
    ../../../modules/services/ml/llama.nix
  ];

  kernelcore.services.ml.llama.enable = lib.mkDefault true;
  warnings = [
    "modules/ml/llama.nix has moved and switches on what it held before; import modules/services instead, and set kernelcore.services.ml.llama.enable"
  ];
}
