# SPDX-License-Identifier: MIT
# The previous path of docker-pull-images.service and of the hardening of ollama.
{ lib, ... }:
{
  imports = [
    ../../../modules/services/containers/docker.nix
    ../../../modules/services/ml/ollama.nix
  ];

  kernelcore.services.containers.docker-pull.enable = lib.mkDefault true;
  kernelcore.services.ml.ollama.enable = lib.mkDefault true;
  warnings = [
    "modules/system/services.nix has moved and switches on what it held before; import modules/services instead, and set kernelcore.services.containers.docker-pull.enable, kernelcore.services.ml.ollama.enable"
  ];
}
