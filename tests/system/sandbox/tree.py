# SPDX-License-Identifier: MIT
"""The Debian trees that sandboxes boot: made once by mmdebstrap, kept in a cache, mounted read-only.

tree.py [SUITE | catalogue]     makes the tree if it is missing, and prints its path
"""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

CACHE = Path("/var/cache/checklistd-sandbox")
REPOSITORY = Path(__file__).resolve().parents[3]
OTHERS_CACHE = Path("/var/cache/checklistd-other-releases")
CATALOGUE_CACHE = Path("/var/cache/checklistd-catalogue")
SCRIPTS = REPOSITORY / "scripts"
PACKAGES = SCRIPTS / "packages/sandbox.list"
CATALOGUE_PACKAGES = SCRIPTS / "packages/catalogue.list"
RESOLVE = SCRIPTS / "lib/resolve-packages"
PREPARE = Path(__file__).parent / "tree/prepare"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
LEAN = ("doc", "info", "locale", "man")


class TreeError(Exception):
    """The tree cannot be made here; the message says why."""


def to_stderr(text):
    print(text, file=sys.stderr, flush=True)


def base_tree(say=to_stderr) -> Path:
    """The tree's directory, built first if the cache has none for this release and package list.

    Concurrent callers wait for one builder. `say` is called with each line of progress.
    """
    if chosen := os.environ.get("CHECKLIST_TREE"):
        return Path(chosen)

    return _cached(CACHE, own_suite(), [PACKAGES, PREPARE], lambda: [_include(PACKAGES)], say)


def catalogue_tree(say=to_stderr) -> Path:
    """A tree of the same release that also holds the packages of the services that the catalogue knows."""
    lists = [PACKAGES, CATALOGUE_PACKAGES]
    return _cached(CATALOGUE_CACHE, own_suite(), [*lists, PREPARE], lambda: [_include(*lists)], say)


def tree_of(suite: str, say=to_stderr) -> Path:
    """A tree of another release, which also holds what building and testing there takes.

    Its packages are named by the scripts that a user of that release runs, in the tree itself.
    """
    lists = sorted((SCRIPTS / "packages").glob("*.list"))
    installers = sorted((SCRIPTS / "lib").glob("*-packages"))

    def arguments():
        within = [f"/tmp/scripts/packages/{file.name}" for file in lists]
        install = ["chroot", '"$1"', "/tmp/scripts/lib/install-packages", *within]
        return [f"--customize-hook=copy-in {SCRIPTS} /tmp", f"--customize-hook={' '.join(install)}",
                '--customize-hook=rm -r "$1/tmp/scripts"']

    return _cached(OTHERS_CACHE, suite, [*lists, *installers, PREPARE], arguments, say)


def _include(*lists: Path) -> str:
    names = [name for packages in lists for name in _output([RESOLVE, packages]).split()]
    return f"--include={','.join(names)}"


def own_suite() -> str:
    return platform.freedesktop_os_release().get("VERSION_CODENAME", "")


def _cached(cache: Path, suite: str, recipe: list[Path], arguments, say) -> Path:
    """The tree that a recipe describes; `arguments()` are what mmdebstrap needs to make it."""
    content = b"\0".join([suite.encode(), *(file.read_bytes() for file in recipe)])
    tree = cache / hashlib.sha256(content).hexdigest()[:16]
    if not tree.is_dir():
        with _sole_builder(cache, say):
            if not tree.is_dir():
                _remove_unused(cache)
                _build(tree, suite, arguments(), say)
    return tree


@contextmanager
def _sole_builder(cache: Path, say):
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another process that is making the sandbox's tree")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_unused(cache: Path):
    """Removes old and incomplete trees; a running sandbox holds a shared lock on its own."""
    for tree in cache.iterdir():
        if not tree.is_dir():
            continue
        handle = os.open(tree, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(tree)
        except BlockingIOError:
            pass
        finally:
            os.close(handle)


def _build(tree: Path, suite: str, arguments: list[str], say):
    mirrors = _mirrors(suite)
    half_made = tree.with_suffix(".building")
    command = ["mmdebstrap", "--variant=minbase", "--mode=root", *arguments]
    command += ["--aptopt=APT::Install-Recommends false"]
    command += [f"--aptopt={setting}" for setting in _network_settings()]
    command += [f"--dpkgopt=path-exclude=/usr/share/{part}/*" for part in LEAN]
    command += [f"--customize-hook={PREPARE}", suite, str(half_made), *mirrors]
    # A process namespace of its own: if this process dies, nothing keeps writing to the tree.
    fence = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"]

    say(f"making the sandbox's Debian tree ({suite})")
    started, lines = time.monotonic(), []
    with subprocess.Popen(fence + command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, text=True) as builder:
        for line in builder.stderr:
            lines.append(line)
            if line.startswith("I: "):
                say(f"  {time.monotonic() - started:5.1f}s {line[3:].strip()}")
    if builder.returncode:
        raise TreeError("mmdebstrap failed:\n" + "".join(lines[-20:]))
    half_made.rename(tree)


def _mirrors(suite: str) -> list[str]:
    """This machine's own sources, whichever format they are written in, for a release."""
    own = own_suite()
    wanted = {own + part: suite + part for part in ("", "-updates", "-security")}
    listing = _output(["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                       "Created-By: Packages"])
    lines = [f"deb [signed-by={KEYRING}] {uri} {wanted[release]} main"
             for uri, release, component in map(str.split, listing.splitlines())
             if release in wanted and component == "main"]
    if not lines:
        raise TreeError(f"apt knows no source for '{own}': the sandbox needs Debian 12 or 13")
    return list(dict.fromkeys(lines))


def _network_settings() -> list[str]:
    """What this machine's apt needs to reach its mirror (proxies, time-outs, date checks)."""
    dump = _output(["apt-config", "dump", "--format", "%f %v%n", "Acquire"]).splitlines()
    wanted = ("Proxy", "Check-Valid-Until", "Check-Date", "Retries", "Timeout")
    return [f'{name} "{value}"' for name, _, value in (line.partition(" ") for line in dump)
            if value and name.rstrip(":").endswith(wanted)]


def _output(command) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise TreeError(f"{command[0]} failed: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            print(base_tree())
        case ["catalogue"]:
            print(catalogue_tree())
        case [release, *_]:
            print(tree_of(release))
