# SPDX-License-Identifier: MIT
# A VM with one toggle on, and the same with it off as a specialisation to switch to and back from: every module's
# test is that its spec passes in both, and that the unit is there in the one and gone in the other.
{ pkgs, lib }:
{
  name,
  toggle, # below kernelcore.services
  units, # system units that come and go with it
  machine ? { }, # what else the VM is
  on ? "", # further Python, while it is on
  off ? "", # further Python, after it was switched off
}:
let
  path = [ "kernelcore" "services" ] ++ lib.splitString "." toggle ++ [ "enable" ];
  python = builtins.toJSON;
  indented = lib.replaceStrings [ "\n" ] [ "\n    " ];
in
pkgs.testers.runNixOSTest {
  inherit name;
  nodes.machine = {
    imports = [
      ../modules/services
      (lib.setAttrByPath path true)
      machine
    ];
    kernelcore.services.monitoring.checklistd.enable = true;
    kernelcore.gpu.vendor = lib.mkDefault "none"; # there is none in a VM
    users.users.dev.isNormalUser = true;
    virtualisation.memorySize = 3072;

    specialisation.off.configuration = lib.setAttrByPath path (lib.mkForce false);
  };
  testScript = ''
    def all_pass():
        machine.succeed("checklistctl check --wait 5min", timeout=360)

    machine.start()
    machine.wait_for_unit("multi-user.target")
    machine.wait_for_unit("checklistd.service")
    with subtest("on"):
        for unit in ${python units}:
            machine.succeed(f"systemctl cat {unit}")
        all_pass()
        ${indented on}
    with subtest("off"):
        machine.succeed("/run/booted-system/specialisation/off/bin/switch-to-configuration test")
        for unit in ${python units}:
            machine.fail(f"systemctl is-active {unit}")
        all_pass()
        ${indented off}
    with subtest("on again"):
        machine.succeed("/run/booted-system/bin/switch-to-configuration test")
        all_pass()
  '';
}
