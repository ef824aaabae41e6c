# SPDX-License-Identifier: MIT
# The previous path of docker-pull-images.service and of the hardening of ollama.
{
  imports = [
    ../../../modules/services/ml/ollama.nix
    ../../../modules/services/containers/docker.nix
  ];
}
