# SPDX-License-Identifier: MIT
"""What Nix cannot see in a rendered unit, systemd can: misspelt directives, bad values, exposure."""

import os
import re
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from .small import STORE, store_paths

# Not ours, but named by ours; without a file, `verify` would report them as missing.
OTHERS = {"docker.service": "[Service]\nExecStart=/bin/true\n"}


class Rendered:
    """Units in a directory, their programs beside them as far as systemd wants to see them."""

    def __init__(self, directory: Path, units: dict[str, str], others=OTHERS):
        self.directory, self.units = directory, units
        (directory / "units").mkdir(parents=True)
        store = f"{directory}/store/"
        for name, text in {**others, **units}.items():
            for program in store_paths(text):
                executable(Path(program.replace(STORE, store)))
            (directory / "units" / name).write_text(text.replace(STORE, store))

    def complaints(self, user=False) -> str:
        """What `systemd-analyze verify` says; it exits with 0 even then, so any word is a mistake."""
        if not self.units:
            return ""
        scope = ["--user"] if user else []
        return self._analyze("verify", "--man=no", *scope, *self._files(self.units))

    def exposures(self) -> dict[str, float]:
        said = self._analyze("security", "--offline=true", *self._files(self.units))
        found = re.findall(r"exposure level for (\S+): ([0-9.]+)", said)
        assert len(found) == len(self.units), said
        return {unit: float(score) for unit, score in found}

    def _files(self, names):
        return [self.directory / "units" / name for name in names]

    def _analyze(self, verb, *arguments) -> str:
        environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{self.directory}/units:", "SYSTEMD_COLORS": "0",
                       "SYSTEMD_EMOJI": "0", "XDG_RUNTIME_DIR": str(self.directory)}
        done = subprocess.run(["systemd-analyze", verb, *map(str, arguments)], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        return done.stdout.replace(str(self.directory), "")


def executable(path: Path, text="#!/bin/sh\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def complaints(rendered: dict) -> str:
    """Of one whole configuration, its users' units included."""
    with tempfile.TemporaryDirectory() as scratch:
        system = Rendered(Path(scratch, "system"), rendered["units"])
        user = Rendered(Path(scratch, "user"), rendered["userUnits"])
        return system.complaints() + user.complaints(user=True)


def exposures(rendered: dict) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as scratch:
        services = {name: text for name, text in sorted((rendered["units"] | rendered["userUnits"]).items())
                    if name.endswith(".service")}
        return Rendered(Path(scratch, "all"), services).exposures() if services else {}


@cache
def capabilities() -> list[str]:
    """The names of all capabilities that this systemd knows."""
    listing = subprocess.run(["systemd-analyze", "capability"], capture_output=True, text=True, check=True).stdout
    return [line.split()[0] for line in listing.splitlines()[1:]]
