# SPDX-License-Identifier: MIT
# The rollback gate: a switch that breaks a service is undone, after it has returned; one that breaks nothing stays.
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
      specialisation.harmless.configuration.environment.etc.harmless.text = "changes no service";
      specialisation.broken.configuration.systemd.services.ollama.serviceConfig.ExecStart = lib.mkForce "/run/current-system/sw/bin/false";
    };
  off = ''
    machine.succeed("/run/booted-system/bin/switch-to-configuration test")
    good = machine.succeed("readlink --canonicalize /run/current-system").strip()
    machine.succeed(f"nix-env --profile /nix/var/nix/profiles/system --set {good}")

    harmless = machine.succeed("readlink --canonicalize /run/booted-system/specialisation/harmless").strip()
    machine.succeed(f"nix-env --profile /nix/var/nix/profiles/system --set {harmless}")
    machine.succeed(f"{harmless}/bin/switch-to-configuration switch")
    machine.wait_until_fails("systemctl is-active checklistd-gate.service", timeout=120)
    machine.succeed("test -n \"$(journalctl --quiet --unit=checklistd-gate.service)\"")  # there was a gate
    machine.succeed(f"test $(readlink --canonicalize /run/current-system) = {harmless}")

    machine.succeed(f"nix-env --profile /nix/var/nix/profiles/system --set {good}")
    machine.succeed(f"{good}/bin/switch-to-configuration switch")
    machine.wait_until_fails("systemctl is-active checklistd-gate.service", timeout=120)
    broken = machine.succeed("readlink --canonicalize /run/booted-system/specialisation/broken").strip()
    machine.succeed(f"nix-env --profile /nix/var/nix/profiles/system --set {broken}")
    machine.execute(f"{broken}/bin/switch-to-configuration switch")
    for link in "/nix/var/nix/profiles/system", "/run/current-system":
        machine.wait_until_succeeds(f"test $(readlink --canonicalize {link}) = {good}", timeout=120)
    machine.wait_for_unit("ollama.service")
  '';
}
