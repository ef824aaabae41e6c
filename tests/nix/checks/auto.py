# SPDX-License-Identifier: MIT
"""services.checklistd.auto: what it derives of a few units, and of whole systems with a nixpkgs that the user brings."""

import json
import os
import subprocess
import time
from pathlib import Path

from . import full, small, specs

UNITS = """({ lib, pkgs, ... }: {
  options.fileSystems = lib.mkOption { type = lib.types.raw; };
  config = {
    fileSystems."/srv/data-1" = { mountPoint = "/srv/data-1"; fsType = "ext4"; options = [ ]; };
    fileSystems."/mnt/disk" = { mountPoint = "/mnt/disk"; fsType = "ext4"; options = [ "noauto" ]; };
    users.users.dev = { isSystemUser = true; group = "dev"; extraGroups = [ "video" ]; };
    users.users.www = { isSystemUser = true; group = "www"; extraGroups = [ "video" ]; };
    users.groups = { dev = { }; www = { }; };
    systemd.services = {
      web = {
        aliases = [ "www.service" ];
        wantedBy = [ "multi-user.target" ];
        requires = [ "db.service" ];
        after = [ "db.service" "absent.service" ];
        serviceConfig = { ExecStart = "/bin/true"; User = "www"; MemoryMax = "1G"; NoNewPrivileges = true; };
      };
      db = { wantedBy = [ "multi-user.target" ]; serviceConfig.ExecStart = "/bin/true"; };
      by-hand.serviceConfig.ExecStart = "/bin/true";
      conditional = { wantedBy = [ "multi-user.target" ]; unitConfig.ConditionPathExists = "/x"; serviceConfig.ExecStart = "/bin/true"; };
      echo.serviceConfig.ExecStart = "/bin/true";
      experiment.serviceConfig.ExecStart = "/bin/true";
      off = { enable = false; serviceConfig.ExecStart = "/bin/true"; };
      packaged.serviceConfig.MemoryMax = "1G";
      "worker@".serviceConfig.ExecStart = "/bin/true";
    };
    systemd.sockets.echo = { wantedBy = [ "sockets.target" ]; listenStreams = [ "127.0.0.1:7" "/run/echo.sock" ]; };
    services.checklistd = {
      enable = true;
      auto = { enable = true; exclude = [ "experiment.service" ]; };
      services.database = { unit = "db.service"; severity = "critical"; };
      settings.host.users.www.home = "/srv/www";
    };
  };
})"""
ECHO = {"listen": ["tcp:127.0.0.1:7", "unix:/run/echo.sock"]}
DERIVED = {
    "by-hand.service": {"boot_start": False, "service_state": False},
    "conditional.service": {"boot_start": False, "service_state": False},
    "db.service": {},  # the spec by hand, with nothing derived
    "echo.service": {"boot_start": {"target": "multi-user.target"}, "port_bindings": ECHO},
    "echo.socket": {"boot_start": {"target": "sockets.target"}, "port_bindings": ECHO},
    "off.service": {"boot_start": False, "service_state": False},
    "srv-data\\x2d1.mount": {"boot_start": False},
    "web.service": {
        "boot_start": {"target": "multi-user.target"},
        "dependencies": {"after": ["db.service"], "requires": ["db.service"]},
        "hardening": {"NoNewPrivileges": True, "User": "www"},
        "resource_limits": {"MemoryMax": "1G"},
    },
}
WITHOUT_FILE = ("db.service", "srv-data\\x2d1.mount")
WWW = {"home": "/srv/www"}  # by hand
DEV = {"groups": ["dev", "video"], "home": "/var/empty", "system": True}
# As the build of /etc/checklistd does it.
CHECK = f"""
mkdir -p {specs.UNCHECKED}/services.d {specs.UNCHECKED}/user-services.d
for directory in services.d user-services.d; do
  {specs.PACKAGE}/bin/checklistd --check-config --config {specs.UNCHECKED}/checklistd.json \\
    --services-dir {specs.UNCHECKED}/$directory --web.config.file ""
done
"""
SYSTEMS = ("minimal", "example", "host")


def judge(nix=small.NIX) -> list[str]:
    """The derived specs of a few units: all that is defined and nothing else."""
    one = small.evaluate({"auto": [f"{nix}/modules/checklistd", UNITS]}, nix)["auto"]
    files = {path: json.loads(text) for path, text in one["specs"].items()}
    users = files.pop("checklistd.json")["host"]["users"]
    found = {spec["unit"]: spec for spec in files.values()}
    wrong = one["failed"] + one["warnings"]
    if sorted(spec["unit"] for spec in files.values()) != sorted(DERIVED):
        wrong.append(f"specs of {sorted(spec['unit'] for spec in files.values())}, wanted are those of {sorted(DERIVED)}")
    for unit, spec in found.items():
        checks = dict(spec.get("checks", {}))
        definition = checks.pop("unit_definition", {})
        if definition.get("aliases") != (["www.service"] if unit == "web.service" else None):
            wrong.append(f"{unit}: aliases are {definition.get('aliases')}")
        if checks != DERIVED.get(unit):
            wrong.append(f"{unit}: derived is {checks}, wanted is {DERIVED.get(unit)}")
        path = definition.get("fragment_path")
        if unit != "off.service" and path != (None if unit in WITHOUT_FILE else one["fragments"].get(unit)):
            wrong.append(f"{unit}: its file is expected at {path}")
        if spec["enabled"] != (unit != "off.service"):
            wrong.append(f"{unit}: enabled is {spec['enabled']}")
    if found.get("db.service", {}).get("severity") != "critical":
        wrong.append("db.service: a derived spec replaces the one by hand")
    if users.get("www") != WWW or users.get("dev") != DEV:
        wrong.append(f"host.users is {users}")
    return wrong


def whole(nix: Path, nixpkgs: Path, build: Path, say) -> list[str]:
    """Whole systems with everything derived: their specs are accepted by the daemon, and none is empty."""
    wrong = []
    for name in SYSTEMS:
        started = time.monotonic()
        try:
            one = ask(nix, nixpkgs, name)
        except small.NixError as error:
            wrong.append(f"{name}: {error}")
            continue
        took = time.monotonic() - started
        files = {path: json.loads(text) for path, text in one["specs"].items() if path != "checklistd.json"}
        say(f"{name}: {one['derived']} of {len(files)} specs derived with {directives(files.values())} directives, "
            f"{len(one['skipped'])} units skipped; {took:.1f} s")
        units = [spec["unit"] for spec in files.values()]
        wrong += [f"{name}: two specs of {unit}" for unit in sorted({unit for unit in units if units.count(unit) > 1})]
        if not one["derived"]:
            wrong.append(f"{name}: nothing is derived")
        known, _ = specs.without(one["specs"], specs.known_checks(build))
        if said := specs.refused(known, CHECK, build):
            wrong.append(f"{name}: {said.strip()}")
    return wrong


def directives(listed) -> int:
    """Parameters of the checks of these specs."""
    checks = [check for spec in listed for check in spec.get("checks", {}).values()]
    return sum(len(check) if isinstance(check, dict) else 1 for check in checks)


def ask(nix: Path, nixpkgs: Path, name: str) -> dict:
    done = subprocess.run(
        [full.NIX_INSTANTIATE, "--eval", "--strict", "--readonly-mode", "--json", small.TESTS / "checks/auto.nix", "-A", name,
         "--argstr", "nixpkgs", nixpkgs, "--argstr", "nix", nix], capture_output=True, text=True, env={**os.environ, "NIX_REMOTE": ""})
    if done.returncode:
        raise small.NixError(small.essence(done.stderr))
    return json.loads(done.stdout)
