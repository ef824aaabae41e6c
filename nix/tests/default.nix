# SPDX-License-Identifier: MIT
# The VM tests, one a module. They were written and their drivers evaluated (../check with NIXPKGS=), not run: a
# machine to run them needs KVM and a binary cache within reach. Run one:  nix build .#checks.x86_64-linux.ollama
{ pkgs }:
let
  inherit (pkgs) lib;
  toggled = import ./toggled.nix { inherit pkgs lib; };
in
lib.mapAttrs (name: test: toggled ({ inherit name; } // import test)) {
  checklistd = ./checklistd.nix;
  claude-code = ./claude-code.nix;
  clamav = ./clamav.nix;
  credentials = ./credentials.nix;
  docker-pull = ./docker-pull.nix;
  grafana = ./grafana.nix;
  jupyter = ./jupyter.nix;
  llama = ./llama.nix;
  ollama = ./ollama.nix;
  ollama-gpu-manager = ./ollama-gpu-manager.nix;
  prometheus = ./prometheus.nix;
  scripts = ./scripts.nix;
  sshd-hardening = ./sshd-hardening.nix;
}
