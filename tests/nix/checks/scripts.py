# SPDX-License-Identifier: MIT
"""The scripts that modules make: shellchecked, and executed with the PATH that NixOS gives them and nothing else."""

import os
import re
import select
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from . import small

# What shellcheck cannot know: NixOS's activation sets systemConfig, and the mode of a new directory is meant for the deepest alone.
SHELLCHECK = ["shellcheck", "--shell=bash", "--norc", "--exclude=SC2154,SC2174"]
# The Debian packages of which the programs are taken; what is not here is a stand-in that records how it is called.
DEBIAN = {"bash": "bash", "coreutils": "coreutils", "findutils": "findutils", "gawk": "gawk|mawk", "gnugrep": "grep", "gnused": "sed",
          "systemd": "systemd", "util-linux": "util-linux"}


def shellcheck(rendered: dict) -> list[str]:
    """What shellcheck says about tools, scripts of units, activation, and the files they are made of."""
    # A file may be a part of a script: what it sets, another part uses.
    texts = {file.name: f"# shellcheck disable=SC2034\n{file.read_text()}" for file in sorted((small.NIX / "modules").rglob("*.sh"))}
    for one in rendered.values():
        texts |= {f"tool {name}": tool["text"] for name, tool in one["tools"].items()}
        texts |= {f"activation {name}": text for name, text in one["activation"].items()}
        texts |= {f"script {Path(path).name}": text for path, text in one["scripts"].items()}
    return [f"{name}: {line}" for name, text in texts.items() for line in _said_about(text)]


def _said_about(text: str) -> list[str]:
    done = subprocess.run([*SHELLCHECK, "--format=gcc", "-"], input=text, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines()


def execute(nix=small.NIX) -> list[str]:
    """Each script does what it is for; what is wrong, in lines."""
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        plan = small.plan(nix)
        more = f"""
          kernelcore.services.security.credentials = {{ directory = "{place}/credstore"; random.example = {{ }}; }};
          kernelcore.services.containers.docker-pull.images = [ "first:1" "second:2" ];
          kernelcore.services.ml.ollama-gpu-manager.nvidiaSmi = "{place}/nvidia-smi";
        """
        one = small.evaluate({"scripts": small.tree(*plan["toggles"], nix=nix, more=more)}, nix)["scripts"]
        return [line for case in (_credentials, _docker, _gpu_manager, _tool) for line in case(one, place)]


def _credentials(one: dict, place: Path) -> list[str]:
    made, wrong = place / "credstore/example", []
    for _ in range(2):
        before = made.read_text() if made.exists() else None
        done = subprocess.run(**_unit(one, place, "setup-system-credentials"), capture_output=True, text=True, check=False)
        if done.returncode:
            return [f"setup-system-credentials: {done.stderr.strip()}"]
        if before is not None and made.read_text() != before:
            wrong.append("setup-system-credentials: makes a credential a second time")
    if made.stat().st_mode & 0o777 != 0o600 or not made.read_text().strip():
        wrong.append("setup-system-credentials: the credential is empty or not for its owner alone")
    return wrong


def _docker(one: dict, place: Path) -> list[str]:
    done = subprocess.run(**_unit(one, place, "docker-pull-images"), capture_output=True, text=True, check=False)
    said = [] if done.returncode == 0 else [f"docker-pull-images: {done.stderr.strip()}"]
    calls = _calls(place)
    return said + ([] if calls == ["docker pull first:1", "docker pull second:2"] else [f"docker-pull-images: called {calls}"])


def _gpu_manager(one: dict, place: Path) -> list[str]:
    """With 1 MiB free, it unloads the model that is loaded. It runs until it is stopped: the call is what the test waits for."""
    smi = place / "nvidia-smi"
    smi.write_text("#!/bin/sh\necho 1\n")
    smi.chmod(0o755)
    call = place / "call"
    os.mkfifo(call)
    reader = os.open(call, os.O_RDONLY | os.O_NONBLOCK)
    stand_in = f'case $1 in ps) printf "NAME ID\\nmodel:7b 1\\n" ;; stop) echo "$0 $*" > {call} ;; esac'
    manager = subprocess.Popen(**_unit(one, place, "ollama-gpu-manager", {"ollama": stand_in}), stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        called = os.read(reader, 200).decode() if select.select([reader], [], [], 30)[0] else ""
    finally:
        os.killpg(manager.pid, signal.SIGKILL)
        said = manager.communicate()[1]
        os.close(reader)
    return [] if called.strip().endswith("ollama stop model:7b") and not said else [f"ollama-gpu-manager: {said or 'unloads nothing'}"]


def _tool(one: dict, place: Path) -> list[str]:
    tool = one["tools"]["checklist-services"]
    script = place / "checklist-services"
    script.write_text(tool["text"])
    wrong = []
    wanted = {"status": "checklistctl status", "failed": "checklistctl status --failed", "wait 1s": "checklistctl check --wait 1s",
              "dependencies x": "checklistctl check x --format table"}
    with _path(tool["path"], place) as path:
        def run(words):
            return subprocess.run(["/bin/bash", script, *words.split()], env={"PATH": path}, capture_output=True, text=True, check=False)

        for words, call in wanted.items():
            done = run(words)
            if done.returncode or _calls(place) != [call]:
                wrong.append(f"checklist-services {words}: {done.stderr.strip() or 'calls something else'}")
        if (status := run("nonsense").returncode) != 3:
            wrong.append(f"checklist-services nonsense: exits with {status}")
        if not shutil.which("journalctl", path=path):
            wrong.append("checklist-services logs: journalctl is not in its PATH")
    return wrong


def _calls(place: Path) -> list[str]:
    """How stand-ins were called since the last time."""
    file = place / "calls"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return lines


def _unit(one: dict, place: Path, name: str, stand_ins=None) -> dict:
    """Arguments of subprocess that start a unit's script as systemd would: its environment alone, its mask."""
    text = one["units"][f"{name}.service"]
    script = place / f"{name}-start"
    script.write_text(next(body for path, body in one["scripts"].items() if path.endswith(f"/{name}-start")))
    mask = (re.findall(r"^UMask=([0-7]+)$", text, re.M) or ["0022"])[-1]
    environment = dict(re.findall(r'^Environment="([A-Z_]+)=(.*)"$', text, re.M))
    with _path([entry.removesuffix("/bin") for entry in environment["PATH"].split(":")], place, stand_ins) as path:
        return {"args": ["/bin/bash", script], "env": {**environment, "PATH": path}, "cwd": place, "umask": int(mask, 8)}


@contextmanager
def _path(packages: list[str], place: Path, stand_ins=None):
    """A PATH of one directory for each package, with its programs."""
    directories = []
    for package in packages:
        name = re.sub(rf"^{small.STORE}[0-9a-z]{{32}}-", "", package)
        directory = place / "path" / name
        directory.mkdir(parents=True, exist_ok=True)
        directories.append(str(directory))
        if name in DEBIAN:
            for program in _programs(DEBIAN[name]):
                (directory / program.name).unlink(missing_ok=True)
                (directory / program.name).symlink_to(program)
        else:
            program = {"docker-client": "docker", "checklistd": "checklistctl"}.get(name, name)
            body = (stand_ins or {}).get(program, f'echo "{program} $*" >> {place}/calls')
            (directory / program).write_text(f"#!/bin/sh\n{body}\n")
            (directory / program).chmod(0o755)
    yield ":".join(directories)


def _programs(packages: str) -> list[Path]:
    for package in packages.split("|"):
        done = subprocess.run(["dpkg", "--listfiles", package], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            found = [Path(line) for line in done.stdout.splitlines() if re.fullmatch(r"(/usr)?/bin/[^/]+", line)]
            return [*found, *([Path("/usr/bin/awk")] if package.endswith("awk") else [])]
    return []
