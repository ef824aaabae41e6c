# SPDX-License-Identifier: MIT
"""The steps of tests/nix/check that need no nixpkgs. Each returns what is wrong, in lines; nothing is fine."""

import json
import re
import subprocess
import sys
from pathlib import Path

from . import small, specs, units

NO_GPU, GPU = 2.0, 2.5
GPU_SERVICES = ("llamacpp.service", "ollama.service", "ollama-gpu-manager.service")
# Sessions inherit sshd's sandbox, and root administers through them (security/sshd-hardening.nix).
UNBOUNDED = ("sshd.service",)
HEADER = "# SPDX-License-Identifier: MIT\n# What the modules render with everything on (tests/nix/check --update-golden).\n"
# Configurations whose warnings gradual.warns judges.
WARNED = ("passwords", "without support", "former places", "former places, off", "former option")
FORMER = r"modules/(ml/llama|system/services|development/jupyter)\.nix|sec/hardening\.nix"


def parse(nix: Path) -> list[str]:
    try:
        small.nix_instantiate("--parse", *sorted([*nix.rglob("*.nix"), *nix.parent.glob("*.nix")]))
    except small.NixError as error:
        return [str(error)]
    return []


def former_places(nix: Path) -> list[str]:
    """No file outside of compat may refer to a place that the plan left; the map of both may."""
    files = subprocess.run(["git", "-C", nix.parent, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
                           capture_output=True, text=True, check=True).stdout.split("\0")
    spoken_of = ("flake.nix", "nix/compat/", "tests/nix/checks/", "docs/migration.md")
    wrong = []
    for name in filter(None, files):
        file = nix.parent / name
        if name.startswith(spoken_of) or not file.is_file():
            continue
        text = file.read_text(errors="replace")
        wrong += [f"{name} refers to a former place: {found[0]}"
                  for found in re.finditer(rf"(?<!services/)\b(?:{FORMER})", text)]
    return wrong


def evaluation(rendered: dict, plan: dict) -> list[str]:
    """Everything there is to say about the small mode's configurations, and how on and off differ."""
    wrong = []
    for name, one in rendered.items():
        found = one["failed"] + disagreements(one)
        if name not in WARNED:
            found += one["warnings"]
        if name not in ("plain", "migrating") and not name.startswith("former places"):
            found += forgotten(one, plan["units"])
        wrong += [f"{name}: {line}" for line in found]
    left = sorted(set(rendered["off"]["units"]) | set(rendered["off"]["userUnits"]))
    wrong += [f"off: {unit} is still there" for unit in left]
    absent = set(plan["units"]) - set(rendered["on"]["units"]) - set(rendered["on"]["userUnits"])
    wrong += [f"on: {unit} is not there" for unit in sorted(absent)]
    expected = json.loads(rendered["on"]["specs"]["checklistd.json"]).get("expected")
    if expected != plan["units"]:
        wrong.append("on: `expected` in checklistd.json is not the plan's list of units")
    return wrong


def forgotten(one: dict, wanted: list[str]) -> list[str]:
    found = {json.loads(text).get("unit") for text in one["specs"].values()}
    return [f"no spec for {unit}" for unit in wanted if unit not in found]


def disagreements(one: dict) -> list[str]:
    """A spec says enabled exactly when the unit is there, its target wants it, and who it runs as exists."""
    wrong, there = [], one["units"] | one["userUnits"]
    for path, text in one["specs"].items():
        spec = json.loads(text)
        if path == "checklistd.json":
            continue
        unit = spec["unit"]
        if spec["enabled"] != (unit in there):
            wrong.append(f"{unit} is {'there' if unit in there else 'absent'}, its spec says otherwise")
        target = (spec.get("checks", {}).get("boot_start") or {}).get("target")
        if unit in there and target and not re.search(rf"^WantedBy=.*\b{target}$", there[unit], re.M):
            wrong.append(f"{unit}: {target} does not want it, its spec says so")
    for unit, text in one["units"].items():
        for kind, known in (("Group", one["groups"]), ("User", one["users"])):
            named = " ".join(re.findall(rf"^(?:Supplementary|Socket)?{kind}s?=(.+)$", text, re.M)).split()
            wrong += [f"{unit}: there is no {kind.lower()} {name}" for name in named if name not in known]
    return wrong


def golden(rendered: dict, update=False) -> list[str]:
    """Compares the directives of every unit with the golden files."""
    wanted = rendered["units"] | rendered["userUnits"]
    wanted |= {f"{unit}.conf": text for unit, text in (rendered["dropIns"] | rendered["userDropIns"]).items()}
    directory = small.TESTS / "golden"
    wanted = {name: HEADER + text for name, text in wanted.items()}
    if update:
        directory.mkdir(exist_ok=True)
        for file in directory.iterdir():
            file.unlink()
        for name, text in wanted.items():
            (directory / name).write_text(text)
    kept = {file.name: file.read_text() for file in directory.glob("*")}
    return [f"golden/{name} differs from what the modules render (see: tests/nix/check --update-golden)"
            for name in sorted(kept.keys() | wanted.keys()) if kept.get(name) != wanted.get(name)]


def systemd(rendered: dict) -> list[str]:
    """systemd-analyze verify, of every unit as often as it looks different."""
    wrong, seen = [], set()
    for name, one in rendered.items():
        texts = {(kind, unit, text) for kind in ("units", "userUnits") for unit, text in one[kind].items()}
        if texts <= seen:
            continue
        seen |= texts
        if said := units.complaints(one).strip():
            wrong.append(f"{name}: {said}")
        wrong += [f"{name}: {line}" for line in unknown_capabilities(one)]
    return wrong


def unknown_capabilities(one: dict) -> list[str]:
    """Misspelt ones, which systemd drops without a word when it verifies."""
    known = {"~" * tilde + name.upper() for name in units.capabilities() for tilde in (0, 1)}
    named = [(unit, word) for unit, text in (one["units"] | one["userUnits"]).items()
             for line in re.findall(r"^(?:CapabilityBoundingSet|AmbientCapabilities)=(.+)$", text, re.M)
             for word in line.split()]
    return [f"{unit}: there is no capability {word}" for unit, word in named if word not in known]


def exposure(rendered: dict, say) -> list[str]:
    """The table of scores, and those above what a service of their kind may have."""
    wrong = []
    for unit, score in units.exposures(rendered).items():
        bound = None if unit in UNBOUNDED else GPU if unit in GPU_SERVICES else NO_GPU
        say(f"{score:4.1f}  {'' if bound is None else f'at most {bound}':12} {unit}")
        if bound is not None and score > bound:
            wrong.append(f"{unit}: systemd-analyze security says {score}, allowed are {bound}")
    return wrong


def configuration(rendered: dict, build: Path, say) -> list[str]:
    """The generated specs, read by the programs they are for, in the way the derivation has it done."""
    known, wrong = specs.known_checks(build), []
    for name, one in rendered.items():
        files, left_out = specs.without(one["specs"], known)
        said = specs.refused(files, one["build"], build)
        if said:
            wrong.append(f"{name}: {said.strip()}")
        if name == "on" and left_out:
            say(f"this build does not have yet, so left out here: {', '.join(sorted(left_out))}")
    return wrong


def journal_errors(nix: Path) -> list[str]:
    """The tree's patterns are those of the plan's specs."""
    tree = json.loads((nix / "modules/services/lib/journal-errors.json").read_text())
    wrong = []
    for name, patterns in tree.items():
        file = next((nix.parent / "config/plan").glob(f"*/{name}.json"))
        if json.loads(file.read_text())["checks"].get("journal_errors") != patterns:
            wrong.append(f"journal-errors.json: {name} is not as in {file.relative_to(nix.parent)}")
    return wrong


def routes(nix: Path) -> list[str]:
    """The module's routes are those of the example that is installed, but for receivers and templates, which are the user's."""
    import yaml

    shipped = yaml.safe_load((nix.parent / "config/alertmanager/alertmanager.yml").read_text())
    wanted = {key: value for key, value in shipped.items() if key not in {"receivers", "templates"}}
    ours = json.loads((nix / "modules/checklistd/alertmanager.json").read_text())
    return [] if ours == wanted else ["alertmanager.json is not as in config/alertmanager/alertmanager.yml"]


def plan_is_documented(nix: Path, plan: dict) -> list[str]:
    """docs/migration.md names every toggle, unit and file of the tree."""
    page = nix.parent / "docs/migration.md"
    text = page.read_text() if page.exists() else ""
    tree = nix / "modules/services"
    names = [f"kernelcore.services.{toggle}.enable" for toggle in plan["toggles"]] + plan["units"]
    names += [f"services/{file.relative_to(tree)}" for file in sorted(tree.rglob("*.nix"))]
    return [f"docs/migration.md does not name {name}" for name in names if name not in text]


def options_page(repository: Path) -> list[str]:
    done = subprocess.run([sys.executable, repository / "docs/generate-nixos-options", "--check"], capture_output=True, text=True)
    return [done.stderr.strip()] if done.returncode else []
