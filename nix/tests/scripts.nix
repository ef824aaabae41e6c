# SPDX-License-Identifier: MIT
# checklist-services, the tool of the plan's validation commands.
{
  toggle = "scripts";
  units = [ ];
  on = ''
    for command in "status", "failed", "dependencies", "wait 1min":
        machine.succeed(f"checklist-services {command}")
  '';
  spoil = ''
    machine.execute("systemd-run --unit=spoiled --property=RemainAfterExit=true false")
    machine.wait_until_succeeds("systemctl is-failed spoiled.service")
    machine.fail("checklist-services wait 1s")
  '';
  mend = ''machine.succeed("systemctl reset-failed spoiled.service")'';
  off = ''machine.fail("checklist-services status")'';
}
