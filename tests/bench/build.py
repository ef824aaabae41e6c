# SPDX-License-Identifier: MIT
"""What a clean release build costs and how much it installs, beside another commit in the same run.

build [COMMIT [TARGET...]]     with TARGETs, builds only those and installs nothing

The compiler cache is off. CPU is that of the build's processes (user and system), without the configuration.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .figures import ratio, table

REPOSITORY = Path(__file__).resolve().parents[2]
BEFORE_THE_REDESIGN = "7916864"
ENVIRONMENT = os.environ | {"CCACHE_DISABLE": "1"}
PRESET = ["--preset", "release", "-DBUILD_TESTING=OFF", "-DCMAKE_INSTALL_PREFIX=/usr"]
PROGRAMS = ("bin", "sbin", "libexec")


class BuildError(Exception):
    """A command failed; the message ends with its last lines."""


@dataclass(frozen=True)
class Cost:
    cpu: float  # seconds
    elapsed: float  # seconds
    installed: int  # bytes
    programs: int  # bytes


def call(*command, cwd=REPOSITORY, **variables) -> str:
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=ENVIRONMENT | variables, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise BuildError(f"{command[0]} failed:\n" + "\n".join(done.stdout.splitlines()[-20:]))
    return done.stdout.strip()


@contextmanager
def checkout(commit: str, directory: Path):
    """A work tree of the commit, removed at the end."""
    call("git", "worktree", "add", "--quiet", "--detach", directory, commit)
    try:
        yield directory
    finally:
        call("git", "worktree", "remove", "--force", directory)


def used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def size(directory: Path) -> int:
    return sum(file.lstat().st_size for file in directory.rglob("*") if file.is_file() and not file.is_symlink())


def measure(source: Path, scratch: Path, targets: list[str]) -> Cost:
    build, root = scratch / "build", scratch / "root"
    call("cmake", *PRESET, "-B", build, cwd=source)
    before, started = used(), time.monotonic()
    call("cmake", "--build", build, *(["--target", *targets] if targets else []), cwd=source)
    cpu, elapsed = used() - before, time.monotonic() - started
    if not targets:
        call("cmake", "--install", build, cwd=source, DESTDIR=str(root))
    programs = sum(size(root / "usr" / folder) for folder in PROGRAMS)
    return Cost(cpu, elapsed, size(root), programs)


def megabytes(count: int) -> str:
    return f"{count / 1e6:.2f}"


def show(ours: Cost, theirs: Cost, commit: str):
    rows = [("CPU, s", f"{ours.cpu:.1f}", f"{theirs.cpu:.1f}", ratio(ours.cpu, theirs.cpu)),
            ("elapsed, s", f"{ours.elapsed:.1f}", f"{theirs.elapsed:.1f}", ratio(ours.elapsed, theirs.elapsed)),
            ("installed, MB", megabytes(ours.installed), megabytes(theirs.installed),
             ratio(ours.installed, theirs.installed)),
            ("of it programs, MB", megabytes(ours.programs), megabytes(theirs.programs),
             ratio(ours.programs, theirs.programs))]
    table(["clean release build", "this checkout", commit, "ratio"], rows)


def run(commit=BEFORE_THE_REDESIGN, *targets: str):
    call("git", "rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}")
    with tempfile.TemporaryDirectory(prefix="checklistd-build-") as scratch:
        scratch = Path(scratch)
        with checkout(commit, scratch / "theirs/source") as other:
            theirs = measure(other, scratch / "theirs", list(targets))
        ours = measure(REPOSITORY, scratch / "ours", list(targets))
    show(ours, theirs, commit)


def interrupt(*_):
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupt)  # so that the work tree is removed
    try:
        run(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
    except BuildError as error:
        sys.exit(f"bench: {error}")
