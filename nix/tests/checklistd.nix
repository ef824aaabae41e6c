# SPDX-License-Identifier: MIT
# The rollback gate: a switch that breaks a service is undone, after it has returned.
{
  toggle = "ml.ollama";
  units = [ "ollama.service" ];
  machine =
    { lib, ... }:
    {
      services.checklistd.gate = {
        enable = true;
        wait = "20s";
      };
      specialisation.broken.configuration.systemd.services.ollama.serviceConfig.ExecStart = lib.mkForce "/run/current-system/sw/bin/false";
    };
  off = ''
    machine.succeed("/run/booted-system/bin/switch-to-configuration test")
    good = machine.succeed("readlink --canonicalize /run/current-system")
    machine.execute("/run/booted-system/specialisation/broken/bin/switch-to-configuration switch")
    machine.wait_until_succeeds(f"test $(readlink --canonicalize /run/current-system) = {good}", timeout=120)
    machine.wait_for_unit("ollama.service")
  '';
}
