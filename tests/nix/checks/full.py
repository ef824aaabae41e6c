# SPDX-License-Identifier: MIT
"""Full mode: whole systems against a nixpkgs that the user brings ($NIXPKGS)."""

import json
import os
import re
import subprocess
from pathlib import Path

from . import small, steps

# Another Nix than the one in PATH: Debian 12 has an older one than nixpkgs wants.
NIX_INSTANTIATE = os.environ.get("NIX_INSTANTIATE", "nix-instantiate")

# Without the tree, or with units that are defined elsewhere: not every unit of the plan has a spec.
NOT_ALL = ("plain checklistd", "plain checklistd, monitored", "plain", "migrating", "former places", "former places, off")
# Systems whose derivation importing must not change.
INERT = ("off", "former places, off")

# Lines of a golden unit that small mode makes of a stand-in: the store's paths and what a default PATH holds.
DIFFERENT = ("ExecStart=", "Environment=\"PATH=", "WorkingDirectory=", "StateDirectory=")


def ask(nix: Path, nixpkgs: Path, attribute: str):
    """One attribute of full.nix. Nothing is built, no store is written to."""
    done = subprocess.run(
        [NIX_INSTANTIATE, "--eval", "--strict", "--readonly-mode", "--json", small.TESTS / "checks/full.nix", "-A", attribute,
         "--argstr", "nixpkgs", nixpkgs, "--argstr", "nix", nix], capture_output=True, text=True,
        env={**os.environ, "NIX_REMOTE": ""})
    if done.returncode:
        raise small.NixError(small.essence(done.stderr))
    return json.loads(done.stdout)


def systems(plan: dict) -> list[str]:
    fixed = ["on", "off", "off, watched", "on, not watched", "on, aarch64", "example", "plain checklistd",
             "plain checklistd, monitored", "former places", "ssh on demand", "migrating", "plain", "former places, off"]
    return fixed + [f"only {toggle}" for toggle in plan["toggles"]]


def too_old() -> str:
    """Why this Nix cannot evaluate a current nixpkgs; empty: it can."""
    said = subprocess.run([NIX_INSTANTIATE, "--version"], capture_output=True, text=True, check=True).stdout
    version = said.split()[-1]
    return f"nixpkgs needs Nix 2.18, this is {version}" if tuple(map(int, re.findall(r"\d+", version)[:2])) < (2, 18) else ""


def run(nix: Path, nixpkgs: Path, say, only=None) -> list[str]:
    """Evaluates every system and every VM test's driver; what is wrong, in lines."""
    plan, wrong, derivations = small.plan(nix), [], {}
    release, options = ask(nix, nixpkgs, "release"), ask(nix, nixpkgs, "options")
    for name in only or systems(plan):
        try:
            one = ask(nix, nixpkgs, f'systems."{name}"')
        except small.NixError as error:
            wrong.append(f"{name}: {error}")
            continue
        derivations[name] = one["drv"]
        say(f"{Path(one['drv']).name}  {name}")
        wrong += [f"{name}: {line}" for line in judged(one, [] if name in NOT_ALL else plan["units"])]
        if name == "on":
            wrong += differences(one)
    if only is None:
        wrong += [f"{name}: every toggle is off, and the system is not that of a machine without the tree"
                  for name in INERT if derivations.get(name) != derivations.get("plain")]
        drivers = ask(nix, nixpkgs, "tests")
        say(f"drivers of {len(drivers)} VM tests: {', '.join(sorted(drivers))}")
        flake = ask(nix, nixpkgs, "flake")
        say(f"flake: packages and shells of {', '.join(flake['packages'])}, systems {', '.join(flake['systems'])}")
        wrong += [f"flake: nixosModules.{name} is not there" for name in flake["modules"]]
        if not flake["default"]:
            wrong.append("flake: nixosModules.default is not the daemon's module")
        if flake["overlaid"] not in flake["packages"].values():
            wrong.append("flake: overlays.default has another package than packages.default")
        modules = len(list((nix / "modules").rglob("*.nix")) + list((nix / "compat").rglob("*.nix")))
        say(f"{modules} modules with {options} options, evaluated with nixpkgs {release}")
    return wrong


def judged(one: dict, units: list[str]) -> list[str]:
    """The units that specs name, and the sockets they need, as the small mode's are judged."""
    named = {json.loads(text).get("unit") for text in one["specs"].values()} - {None}
    judgeable = named | {Path(unit).with_suffix(".socket").name for unit in named}
    # A socket with Accept= starts instances, and cannot be verified without their template.
    templates = {f"{Path(unit).stem}@.service" for unit in named if unit.endswith(".socket")}
    for kind in ("units", "userUnits"):
        one[kind] = {unit: _judgeable(text) for unit, text in one[kind].items() if unit in judgeable | templates}
    scored = one | {"units": {unit: text for unit, text in one["units"].items() if unit not in templates}}
    wrong = steps.disagreements(one) + steps.exposure(scored, lambda _: None) + steps.forgotten(one, units)
    return wrong + steps.systemd({"systemd": one})


def _judgeable(text: str) -> str:
    """Without what only NixOS reads, and in words that this machine's systemd knows (notify-reload: 253)."""
    text = re.sub(r"^X-.*\n", "", text.replace(" \\\n", " "), flags=re.M)
    return text.replace("Type=notify-reload", "Type=notify")


def differences(one: dict) -> list[str]:
    """Directives that the small mode renders and the real NixOS does not: the stand-ins must not claim more."""
    wrong = []
    for file in sorted((small.TESTS / "golden").glob("*")):
        real = one["units"].get(file.name) or one["userUnits"].get(file.name)
        if file.suffix == ".conf":  # a drop-in of the package's unit
            continue
        if real is None:
            wrong.append(f"{file.name} is not a unit of the whole system")
            continue
        missing = _directives(file.read_text()) - _directives(real)
        wrong += [f"{file.name}: the whole system has no {line}" for line in sorted(missing)]
    return wrong


def _directives(text: str) -> set[str]:
    lines = {line for line in text.splitlines() if "=" in line and not line.startswith(DIFFERENT)}
    # One directive may hold a list that the other spreads over lines.
    return {f"{name}={word}" for name, _, value in (line.partition("=") for line in lines)
            for word in value.split() or [""]}
