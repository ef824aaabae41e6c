# SPDX-License-Identifier: MIT
# checklist-services, the tool of the plan's validation commands.
{
  toggle = "scripts";
  units = [ ];
  on = ''
    for command in "status", "failed", "dependencies", "wait 1min":
        machine.succeed(f"checklist-services {command}")
  '';
  off = ''machine.fail("checklist-services status")'';
}
