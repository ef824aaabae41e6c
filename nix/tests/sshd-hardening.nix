# SPDX-License-Identifier: MIT
# sshd.service takes keys and refuses passwords, and its sessions can still administer.
{
  toggle = "security.sshd-hardening";
  units = [ "sshd.service" ];
  machine =
    { config, ... }:
    {
      services.openssh.enable = config.kernelcore.services.security.sshd-hardening.enable;
      users.users.dev.initialPassword = "known";
    };
  on = ''
    machine.succeed("sshd -G | grep --ignore-case '^passwordauthentication no'")
    machine.succeed("ssh-keygen -q -N \"\" -f /root/.ssh/id_ed25519")
    machine.succeed("install -D -m 0600 /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys")
    machine.succeed("ssh -o StrictHostKeyChecking=no root@127.0.0.1 touch /etc/written-by-a-session")
  '';
}
