# SPDX-License-Identifier: MIT
"""Mistakes of a user, planted in whole systems: each is noticed at evaluation, at the build, or by the daemon after the switch."""

import concurrent.futures
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import full, small
from .planted_cases import CASES

PLACES = ("evaluation", "build", "right", "switch", "unknowable")


@dataclass
class Seen:
    """What an evaluation said, or the error that ended it."""

    said: str
    specs: dict[str, str]
    units: dict[str, str]


def judge(nix: Path, nixpkgs: Path, build: Path, say) -> list[str]:
    """Evaluates every case; those that are noticed elsewhere than they should be."""
    wrong, counts = [], dict.fromkeys(PLACES, 0)
    with concurrent.futures.ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2)) as workers:
        for case, seen in zip(CASES, workers.map(lambda case: _evaluate(case, nix, nixpkgs), CASES)):
            place, text = _noticed(case, seen, build)
            counts[place] += 1
            say(f"{place:10} {case.what}: {text}")
            if place != case.place or case.word not in text:
                wrong.append(f"{case.what}: {place}: {text}\n  expected: {case.place}: {case.word}")
    say(f"{len(CASES)} mistakes and settings: " + ", ".join(f"{counts[place]} {place}" for place in PLACES))
    return wrong


def _evaluate(case, nix: Path, nixpkgs: Path) -> Seen:
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        if "{copy}" in case.module:
            subprocess.run(["cp", "--recursive", nix / "modules/services", copy], check=True)
        module = "({ lib, pkgs, ... }: { " + case.module.replace("{copy}", str(copy)) + " })"
        base = "({ lib, ... }: { kernelcore.services.monitoring.checklistd.enable = lib.mkDefault true; " + case.base + " })"
        done = subprocess.run(
            [full.NIX_INSTANTIATE, "--eval", "--strict", "--readonly-mode", "--json", small.TESTS / "checks/planted.nix",
             "--argstr", "nixpkgs", nixpkgs, "--argstr", "nix", nix, "--arg", "base", base, "--arg", "planted", module],
            capture_output=True, text=True, env={**os.environ, "NIX_REMOTE": ""})
    if done.returncode:
        return Seen(small.essence(done.stderr), {}, {})
    one = json.loads(done.stdout)
    return Seen("\n".join(one["failed"] + one["warnings"]), one["specs"], one["units"])


def _noticed(case, seen: Seen, build: Path) -> tuple[str, str]:
    """Where the mistake is noticed, and what is said of it."""
    if seen.said:
        return "evaluation", " ".join(seen.said.split())
    if refused := _refused(seen.specs, build):
        return "build", refused
    if case.place in ("switch", "unknowable"):
        return case.place, case.word
    return "right", " ".join([*seen.specs.values(), *seen.units.values()]) if case.word else ""


def _refused(specs: dict[str, str], build: Path) -> str:
    """What checklistd says of the files that NixOS would make, as files.nix asks it."""
    with tempfile.TemporaryDirectory() as scratch:
        for path, text in specs.items():
            file = Path(scratch) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        for directory in ("services.d", "user-services.d"):
            (Path(scratch) / directory).mkdir(exist_ok=True)
            done = subprocess.run(
                [build / "checklistd", "--check-config", "--config", f"{scratch}/checklistd.json", "--services-dir",
                 f"{scratch}/{directory}", "--web.config.file", ""], capture_output=True, text=True)
            if done.returncode:
                return " ".join((done.stdout + done.stderr).replace(scratch, "").split())
    return ""
