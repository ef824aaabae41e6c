# SPDX-License-Identifier: MIT
# A VM with one toggle on, and the same with it off as a specialisation to switch to and back from: every module's
# test is that its spec passes in both, that the unit is there in the one and gone in the other, and, as the counter-test, that
# the report does not pass once the unit is stopped.
{ pkgs, lib }:
{
  name,
  toggle, # below kernelcore.services
  units, # system units that come and go with it
  machine ? { }, # what else the VM is
  on ? "", # further Python, while it is on
  off ? "", # further Python, after it was switched off
  spoil ? "", # Python that breaks what a spec promises; by default the first unit is stopped
  mend ? "", # Python that takes it back
}:
let
  path = [ "kernelcore" "services" ] ++ lib.splitString "." toggle ++ [ "enable" ];
  python = builtins.toJSON;
  first = lib.head units;
  spoiled = if spoil != "" then spoil else ''machine.succeed("systemctl stop ${first}")'';
  mended = if mend != "" then mend else ''machine.succeed("systemctl start ${first}")'';
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
    # A test's VM boots without a profile of the system: there is no generation that the next boot would start.
    services.checklistd.settings.host.generation = lib.mkDefault false;
    kernelcore.gpu.vendor = lib.mkDefault "none"; # there is none in a VM
    users.users.dev.isNormalUser = true;
    virtualisation.memorySize = 3072;

    specialisation.off.configuration = lib.setAttrByPath path (lib.mkForce false);
  };
  testScript = ''
    # The daemon's report: only it has what the users' instances say.
    def all_pass():
        machine.wait_until_succeeds("checklistctl status", timeout=360)


    def does_not_pass():
        machine.wait_until_fails("checklistctl status", timeout=120)


    machine.start()
    machine.wait_for_unit("multi-user.target")
    machine.wait_for_unit("checklistd.service")
    with subtest("on"):
        for unit in ${python units}:
            machine.succeed(f"systemctl cat {unit}")
        all_pass()
        ${indented on}
    with subtest("spoiled"):
        ${indented spoiled}
        does_not_pass()
        ${indented mended}
        all_pass()
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
