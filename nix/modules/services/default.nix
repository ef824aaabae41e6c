# SPDX-License-Identifier: MIT
# The tree of services: one import for each, nothing else.
{
  imports = [
    ./users
    ./ml/llama.nix
    ./ml/ollama.nix
    ./ml/ollama-gpu-manager.nix
    ./containers/docker.nix
    ./development/jupyter.nix
    ./monitoring/prometheus.nix
    ./monitoring/grafana.nix
    ./monitoring/checklistd.nix
    ./security/clamav.nix
    ./security/credentials.nix
    ./security/sshd-hardening.nix
    ./scripts.nix
  ];
}
