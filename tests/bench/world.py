# SPDX-License-Identifier: MIT
"""The sandbox that benchmarks measure in: the plan's units, checklistd, and many more units."""

import json
import re
import shlex
import subprocess
import tempfile
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path

from sandbox import Sandbox, SandboxError, plan
from sandbox.wait import wait_until

PORT = 10558
UNITS = "/etc/systemd/system"
CLIENTS = Path(__file__).parent / "clients"
SPECS = "/etc/checklistd/services.d"


@contextmanager
def world(build, many=0, watch_many=False):
    """A booted sandbox with the plan's units and `many` more, which checklistd watches or not."""
    with Sandbox("bench") as box:
        plan.install(box, build)
        scrape_rarely(box)
        if many:
            box.inside(write_many, many)
        if watch_many:
            box.inside(write_specs, many)
            box.write("/etc/checklistd/checklistd.json", json.dumps({"metrics": {"unit_states": True}}))
        box.boot()
        plan.wait_up(box)
        if many:
            box.run("systemctl start many.target", timeout=120)
        wait_until(lambda: ready(box), 60, "checklistd")
        yield box


def scrape_rarely(box):
    """The plan's Prometheus would scrape in the middle of what is measured."""
    path = "/etc/prometheus/prometheus.yml"
    text = box.run(["cat", path]).stdout
    box.write(path, re.sub(r"scrape_interval: .*", "scrape_interval: 1h", text))


def many_names(count) -> list[str]:
    return [f"many-{number:04}.service" for number in range(count)]


def write_many(count):
    """Units as small as can be; a target that wants them keeps them loaded."""
    names = many_names(count)
    body = "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n"
    directory = Path("/etc/systemd/system")  # /run is not there yet
    for name in names:
        (directory / name).write_text(f"[Unit]\nDescription=One of many\n{body}")
    (directory / "many.target").write_text(f"[Unit]\nWants={' '.join(names)}\n")


def write_specs(count):
    directory = Path(SPECS)
    directory.mkdir(parents=True, exist_ok=True)
    for name in many_names(count):
        (directory / f"{name}.json").write_text(json.dumps({"unit": name, "group": "many"}))


def ready(box) -> bool:
    try:
        return box.http(PORT, "/-/ready").status == 200
    except (OSError, HTTPException):  # its socket is there earlier than the daemon
        return False


def main_pid(box, unit) -> int:
    """As the sandbox numbers it."""
    return int(box.run(f"systemctl show --value --property=MainPID {unit}").stdout)


def client(box, name, folder=CLIENTS, *more) -> str:
    """Compiles one of the clients in `folder` for the sandbox, with `more` flags; its path there."""
    flags = shlex.split(subprocess.run(["pkg-config", "--cflags", "--libs", "libsystemd"], check=True,
                                       capture_output=True, text=True).stdout)
    with tempfile.TemporaryDirectory() as directory:
        program = Path(directory, name)
        done = subprocess.run(["g++", "-std=c++20", "-O2", folder / f"{name}.cpp", "-o", program,
                               "-static-libstdc++", "-static-libgcc", *more, *flags],
                              capture_output=True, text=True)
        if done.returncode:
            raise SandboxError(f"the client does not compile: {done.stderr}")
        path = f"/usr/local/bin/bench-{name}"
        box.inside(_write_program, Path(path), program.read_bytes())
    return path


def _write_program(path: Path, contents: bytes):
    path.write_bytes(contents)
    path.chmod(0o755)
