# SPDX-License-Identifier: MIT
"""Systems that are switched to as NixOS does it, by a stand-in that keeps the contract of switch-to-configuration-ng.

Programs find what NixOS gives them and nothing else: units and the administrator have systemd in PATH, scripts their inputs.
"""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from nix.checks import small

from ..wait import wait_until

HASH = "0" * 32
PROFILE = "/nix/var/nix/profiles/system"
LOCK = "/run/nixos/switch-to-configuration.lock"
PATH = f"/nix/store/{HASH}-systemd/bin"

STAND_IN = f"""#!/usr/bin/python3
import errno, fcntl, os, subprocess, sys
from pathlib import Path

out, action = Path(__file__).resolve().parents[1], sys.argv[1]
systemctl = "/usr/bin/systemctl"

def fails(message, status):
    print(message, file=sys.stderr, flush=True)
    sys.exit(status)

def units(system):
    return {{file.name: file.read_text() for file in (system / "units").iterdir()}}

os.environ["NIXOS_ACTION"] = action
Path("/run/nixos").mkdir(exist_ok=True)
lock = open("{LOCK}", "a")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError as error:
    fails("Could not acquire lock", error.errno)
if os.environ.get("NIXOS_NO_CHECK") != "1" and subprocess.run([out / "pre-switch-checks", out, action]).returncode:
    fails("Pre-switch checks failed", 1)
if action in ("switch", "boot"):
    Path("/boot/default").write_text(str(out))
if action == "boot":
    sys.exit(0)

before, after = units(Path("/run/current-system").resolve()), units(out)
changed = [unit for unit in before if after.get(unit) != before[unit]]
if changed:
    subprocess.run([systemctl, "stop", *changed])
print("activating the configuration...", flush=True)
status = 2 if subprocess.run([out / "activate", out]).returncode else 0
subprocess.run([systemctl, "daemon-reload"])
if [subprocess.run([systemctl, "start", unit]).returncode for unit in after if after[unit] != before.get(unit)].count(1):
    status = 4
subprocess.run([systemctl, "reload", "checklistd.service"])
sys.exit(status)
"""

# The order of nixpkgs: /etc, then the snippets, with what its `path` holds; the link to the system at the end.
ACTIVATE = f"""#!/bin/bash
systemConfig=$1
export PATH=/empty:/nix/store/{HASH}-coreutils/bin:/nix/store/{HASH}-util-linux/bin
_status=0
trap "_status=1 _localstatus=\\$?" ERR
umask 0022
rm -rf /etc/checklistd
cp -r $systemConfig/checklistd /etc/checklistd
rm -f /etc/systemd/system/toy-*
cp $systemConfig/units/* /etc/systemd/system/
#### Activation script snippet checklistd-gate:
_localstatus=0
SNIPPET
ln -sfn "$(readlink -f "$systemConfig")" /run/current-system
exit $_status
"""

CHECKS = """#!/bin/bash
set -o errexit -o nounset -o pipefail
set +e
( set -e
SNIPPET
) >&2
_rc=$?
set -e
if [ "$_rc" -ne 0 ]; then exit 1; fi
# switchInhibitors
if [ "$2" != boot ] && ! diff=$(/usr/bin/cmp "$1/switch-inhibitors" /run/current-system/switch-inhibitors); then
  echo "There are changes to critical components of the system: $diff" >&2
  exit 1
fi
"""

NIX_ENV = """#!/usr/bin/python3
import os, re, sys
from pathlib import Path

_, _, profile, action, what = sys.argv
profile = Path(profile)
generations = {int(re.search("-([0-9]+)-link", link.name)[1]): link for link in profile.parent.glob(profile.name + "-*-link")}
if action == "--set":
    number = max(generations, default=0) + 1
    generations[number] = profile.parent / f"{profile.name}-{number}-link"
    generations[number].symlink_to(what)
elif action == "--switch-generation":
    number = int(what)
else:
    sys.exit(f"nix-env: unknown {action}")
new = profile.parent / ".new"
new.symlink_to(generations[number].name)
os.rename(new, profile)
"""

SPEC = {"boot_start": False, "toggles": False, "unit_definition": False, "journal_errors": False}


class Host:
    """A sandbox with the store's programs, and systems by name; each is a store path."""

    def __init__(self, box, build, options: str):
        self.box = box
        self.rendered = small.evaluate({"gate": [
            f"{small.NIX}/modules/checklistd",
            f"{{ services.checklistd = {{ enable = true; gate = {{ enable = true; {options} }}; }}; }}"]})["gate"]
        box.install(build)
        for path, text in self.rendered["gate"].items():
            box.write(path, text, 0o755)
        self._fill_store()

    def _fill_store(self):
        """Of each package only its own programs."""
        box = self.box
        box.run(["bash", "-eus"], input=f"""
            for package in coreutils systemd; do
              mkdir -p /nix/store/{HASH}-$package/bin
              dpkg -L $package | grep -E '^(/usr)?/s?bin/.' | while read -r program; do
                ln -s "$program" /nix/store/{HASH}-$package/bin/
              done
            done
            mkdir -p /nix/store/{HASH}-util-linux/bin /nix/store/{HASH}-checklistd/bin /nix/var/nix/profiles /nix/var/nix/gcroots /boot
            ln -s /usr/bin/flock /nix/store/{HASH}-util-linux/bin/
            ln -s "$(command -v checklistctl)" /nix/store/{HASH}-checklistd/bin/
        """)
        box.write(f"/nix/store/{HASH}-nix/bin/nix-env", NIX_ENV, 0o755)
        box.write("/etc/systemd/system.conf.d/nixos.conf", f"[Manager]\nDefaultEnvironment=PATH={PATH}\n")
        with tempfile.TemporaryDirectory() as staging:
            copy_program(Path(shutil.which("jq")), Path(staging), f"nix/store/{HASH}-jq/bin")
            box.unpack(staging)

    def add(self, name: str, units: dict[str, str], specs: dict[str, dict], inhibitors="{}", user=None) -> str:
        """Makes a system and returns its path. Its units are services named toy-…; a user's toy-user.service is watched."""
        out, box = f"/nix/store/{HASH}-{name}", self.box
        box.write(f"{out}/bin/switch-to-configuration", STAND_IN, 0o755)
        box.write(f"{out}/activate", ACTIVATE.replace("SNIPPET", self.rendered["activationScripts"]["checklistd-gate"]), 0o755)
        box.write(f"{out}/pre-switch-checks",
                  CHECKS.replace("SNIPPET", self.rendered["preSwitchChecks"]["checklistd-gate"]), 0o755)
        box.write(f"{out}/switch-inhibitors", inhibitors)
        box.write(f"{out}/checklistd/checklistd.json", json.dumps({"watch_users": [user]} if user else {}))
        if user:
            spec = {"unit": "toy-user.service", "user": user, "checks": SPEC}
            box.write(f"{out}/checklistd/user-services.d/toy-user.json", json.dumps(spec))
        for unit, command in units.items():
            box.write(f"{out}/units/{unit}.service", f"[Service]\nExecStart={command}\n")
        for unit, more in specs.items():
            spec = {"unit": f"{unit}.service"} | more | {"checks": SPEC | more.get("checks", {})}
            box.write(f"{out}/checklistd/services.d/{unit}.json", json.dumps(spec))
        return out

    def admin(self, *command, check=True):
        """Runs a command with the environment of NixOS."""
        return self.box.run(["env", "-i", f"PATH={PATH}", *command], check=check)

    def set_profile(self, system: str):
        self.admin(f"/nix/store/{HASH}-nix/bin/nix-env", "--profile", PROFILE, "--set", system)

    def rebuild(self, action: str, system: str):
        """What nixos-rebuild does after the build."""
        if action in ("switch", "boot"):
            self.set_profile(system)
        return self.admin(f"{system}/bin/switch-to-configuration", action, check=False)

    def hold_lock(self) -> subprocess.Popen:
        """Holds the lock as a switch does, until its standard input is closed."""
        self.box.run(f"mkdir -p /run/nixos; touch {LOCK}")
        holder = self.box.popen(["flock", LOCK, "cat"], stdin=subprocess.PIPE)
        wait_until(lambda: self.box.run(f"flock --nonblock {LOCK} true", check=False).returncode, 10, "the lock")
        return holder

    def current(self) -> str:
        return self.box.run("readlink -f /run/current-system").stdout.strip()

    def profile(self) -> str:
        return self.box.run(f"readlink -f {PROFILE}").stdout.strip()

    def generations(self) -> int:
        return len(self.box.run(f"ls -d {PROFILE}-*-link").stdout.split())

    def boots_next(self) -> str:
        return self.box.read("/boot/default")


def copy_program(program: Path, staging: Path, where: str):
    """Copies a program of this host, with the libraries that a tree of the same release may lack."""
    (staging / where).mkdir(parents=True)
    shutil.copy(program, staging / where)
    for line in subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.splitlines():
        library = Path(line.partition("=>")[2].split("(")[0].strip() or "/")
        if library.name.startswith(("libjq", "libonig")):
            to = staging / "usr/lib" / library.parent.relative_to("/usr/lib" if library.is_relative_to("/usr") else "/lib")
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy(library, to)
