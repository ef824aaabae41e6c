# SPDX-License-Identifier: MIT
# services.checklistd: the daemon, and the specs that other modules declare.
{
  imports = [
    ./options.nix
    ./files.nix
    ./daemon.nix
    ./conflicts.nix
    ./agree.nix
    ./prometheus.nix
    ./grafana.nix
    ./firewall.nix
    ./gate
    ./boot_check.nix
    ./auto.nix
  ];
}
