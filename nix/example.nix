# SPDX-License-Identifier: MIT
# An example system: the configuration of the plan's Phase 5, and the least that a machine needs besides.
{
  kernelcore.services = {
    ml = {
      llama.enable = true;
      ollama.enable = true;
      ollama-gpu-manager.enable = true;
    };
    containers.docker-pull.enable = true;
    development.jupyter.enable = true;
    monitoring = {
      prometheus.enable = true;
      grafana.enable = true;
      checklistd.enable = true;
    };
    security = {
      clamav.enable = true;
      credentials.enable = true;
      sshd-hardening.enable = true;
    };
    users.claude-code.enable = true;
  };

  services.openssh.enable = true;
  users.users.dev.isNormalUser = true;

  networking.hostName = "kernelcore";
  boot.loader.systemd-boot.enable = true;
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
  system.stateVersion = "25.11";
}
