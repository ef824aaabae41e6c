# SPDX-License-Identifier: MIT
"""Evaluates the modules with the small library in tests/nix/evaluator: no nixpkgs, no store, no network."""

import atexit
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import gradual

TESTS = Path(__file__).resolve().parents[1]  # tests/nix/
NIX = TESTS.parents[1] / "nix"
STORE = "/nix/store/"
ENVIRONMENT = {**os.environ, "NIX_REMOTE": "dummy://", "NIX_CONFIG": "experimental-features = nix-command"}
NVIDIA = "hardware.nvidia.enabled = true;"
SSH = "services.openssh.enable = true; "
DEV = "users.users.dev.isNormalUser = true;"


class NixError(Exception):
    """Nix refused something; the message is what it said."""


def nix_instantiate(*arguments, environment=ENVIRONMENT) -> str:
    done = subprocess.run(["nix-instantiate", *map(str, arguments)], capture_output=True, text=True,
                          env=environment)
    if done.returncode:
        raise NixError(essence(done.stderr))
    return done.stdout


def essence(text: str) -> str:
    """The last error of Nix, without the trace above it, which names only files of the evaluator."""
    return "error:" + text.rpartition("error:")[2].replace(
        "(use '--show-trace' to show detailed location information)", "").rstrip()


def plan(nix=NIX) -> dict:
    """The constants of plan.nix: toggles, needs, units."""
    return json.loads(nix_instantiate("--eval", "--strict", "--json", nix / "modules/services/lib/plan.nix"))


def evaluate(configurations: dict[str, list[str]], nix=NIX) -> dict:
    """Renders configurations, given as lists of modules in Nix; each as evaluator/render.nix says."""
    text = " ".join(f'"{name}" = [ {" ".join(modules)} ];' for name, modules in configurations.items())
    return json.loads(nix_instantiate("--eval", "--strict", "--json", TESTS / "evaluator", "--arg",
                                      "configurations", "{ " + text + " }"))


def toggled(toggles, value: bool) -> str:
    return " ".join(f"kernelcore.services.{toggle}.enable = {str(value).lower()};" for toggle in toggles)


def tree(*toggles, nix=NIX, more="", watched=True) -> list[str]:
    """The modules of a system with these toggles on."""
    on = SSH * ("security.sshd-hardening" in toggles) + toggled(toggles, True)
    if watched:
        on += " kernelcore.services.monitoring.checklistd.enable = true;"
    return [f"{nix}/modules/services", f"{{ {DEV} {on} {more} }}"]


def alone(*toggles, nix=NIX) -> list[str]:
    """The tree as it lies when copied to /etc/nixos/modules/services, with checklistd's module from elsewhere."""
    etc = tempfile.mkdtemp(prefix="etc-nixos-")
    atexit.register(shutil.rmtree, etc)
    copy = shutil.copytree(nix / "modules/services", f"{etc}/modules/services")
    return [str(copy), f"{nix}/modules/checklistd", *tree(*toggles, nix=nix)[1:]]


def configurations(nix=NIX) -> dict[str, list[str]]:
    """Everything on, everything off, each toggle alone, and the previous paths of the modules."""
    known = plan(nix)
    every = known["toggles"]
    previous = sorted(map(str, (nix / "compat").rglob("*.nix")))
    return {
        "on": tree(*every, nix=nix, more="services.checklistd.gate.enable = true; " + NVIDIA),
        "on, not watched": tree(*every, nix=nix, watched=False),
        "off": tree(nix=nix),
        "example": [f"{nix}/modules/services", f"{nix}/example.nix", SMALLEST_MACHINE],
        "copied alone": alone(*every, nix=nix),
        "plain": [f"{nix}/modules/checklistd", f"{{ {DEV} {NVIDIA} }}"],
        "off, not watched": tree(nix=nix, more=NVIDIA, watched=False),
        "former places": [*previous, f"{{ {DEV} }}"],
        "former places, off": [*previous, f"{{ {DEV} {NVIDIA} {toggled(every, False)} }}"],
        "former option": [*tree(nix=nix), "{ kernelcore.ml.llama.enable = true; }"],
        "migrating": tree(nix=nix, more=gradual.BEFORE),
        "already configured": tree(*every, nix=nix, more=gradual.SETTINGS),
        "ssh on demand": tree("security.sshd-hardening", nix=nix, more="services.openssh.startWhenNeeded = true;"),
        "passwords": tree("security.sshd-hardening", nix=nix,
                          more="services.openssh.settings.PasswordAuthentication = true;"),
        "without support": tree("ml.llama", "ml.ollama", nix=nix, more=WITHOUT_SUPPORT),
    } | {f"only {toggle}": tree(toggle, *known["needs"].get(toggle, []), nix=nix) for toggle in every}


# A GPU, and packages that cannot use it.
WITHOUT_SUPPORT = """
  kernelcore.gpu.vendor = "amd";
  kernelcore.services.ml.llama.package = (import %s/evaluator/pkgs.nix).llama-cpp;
  services.ollama.package = (import %s/evaluator/pkgs.nix).ollama;
""" % (TESTS, TESTS)

# Of example.nix, what only a whole NixOS has.
SMALLEST_MACHINE = """({ lib, ... }: let any = lib.mkOption { type = lib.types.raw; }; in { options = {
  networking.hostName = any; boot.loader.systemd-boot.enable = any; fileSystems = any; system.stateVersion = any; }; })"""


def store_paths(text: str) -> set[str]:
    """Paths of programs in the store that a text names."""
    return set(re.findall(rf'{STORE}[^\s:"\']+/bin/[^\s:"\']+', text))
