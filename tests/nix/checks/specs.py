# SPDX-License-Identifier: MIT
"""The generated specs: written as files, judged by the programs that will read them."""

import json
import os
import subprocess
import tempfile
from pathlib import Path

PACKAGE = "/nix/store/00000000000000000000000000000000-checklistd"
UNCHECKED = "/nix/store/00000000000000000000000000000000-checklistd-unchecked"


def known_checks(build: Path) -> set[str]:
    """The checks that a build has, as `checklistctl explain` lists them."""
    done = subprocess.run([build / "checklistctl", "explain"], capture_output=True, text=True, check=True)
    return {line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")}


def without(files: dict[str, str], known: set[str]) -> tuple[dict[str, str], set[str]]:
    """The specs without the checks that a build does not have yet, and the names of those.

    For tests of a tree whose checks are still being written; the modules always say everything.
    """
    left_out = set()

    def kept(section: dict) -> dict:
        left_out.update(set(section) - known)
        return {name: value for name, value in section.items() if name in known}

    out = {}
    for path, text in files.items():
        content = json.loads(text)
        for key in ("checks", "host"):
            if key in content:
                content[key] = kept(content[key])
        out[path] = json.dumps(content)
    return out, left_out


def write(files: dict[str, str], directory: Path):
    for path, text in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text)


def refused(files: dict[str, str], command: str, build: Path) -> str:
    """What the derivation's own command and `verify-config` say against the files; empty: nothing."""
    with tempfile.TemporaryDirectory() as scratch:
        given, out = Path(scratch, "given"), Path(scratch, "out")
        write(files, given)
        bin = Path(scratch, "package/bin")
        bin.parent.mkdir()
        bin.symlink_to(build.resolve())
        command = command.replace(PACKAGE + "/", f"{bin.parent}/").replace(UNCHECKED, str(given))
        said = _said(["bash", "-euo", "pipefail", "-c", command], {**os.environ, "out": str(out)})
        for directory in ("services.d", "user-services.d"):
            if any((given / directory).glob("*.json")):
                said += _said([build / "checklistctl", "verify-config", given / directory], os.environ)
        return said.replace(scratch, "")


def _said(command, environment) -> str:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment)
    return done.stdout if done.returncode else ""
