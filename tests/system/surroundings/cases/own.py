# SPDX-License-Identifier: MIT
"""Faults of the daemon's own process and of its state directory."""

import json
import random
import time

from bench.world import ready
from sandbox.wait import wait_until

from ..load import TALKER
from ..stage import DAEMON, STATE, Loaded
from ..surrounding import Surrounding
from .kernel import AT_THE_DAEMONS

DIRECTORY = "/var/lib/checklistd"
PAUSE = 20  # seconds, less than the unit's WatchdogSec=
MINUTE = 60


def cut(part: float):
    return lambda text: text[:int(len(text) * part)]


def changed(**members):
    return lambda text: json.dumps(json.loads(text) | members)


def scrambled(text: str) -> str:
    draw = random.Random(1)
    return "".join(chr(draw.randrange(32, 127)) if draw.random() < 0.02 else each for each in text)


# Each a function of the good text; what a kill cannot do, but a disk, an editor or another version may.
CORRUPT = {
    "empty": lambda text: "", "a newline": lambda text: "\n", "zeros": lambda text: "\0" * len(text),
    "cut to one byte": lambda text: text[:1], "cut to half": cut(0.5), "without its end": cut(0.999),
    "twice": lambda text: text * 2, "with a tail": lambda text: text + "}", "scrambled": scrambled,
    "no JSON": lambda text: "checks: none", "not UTF-8": lambda text: text.replace("system", "\udcff", 1),
    "null": lambda text: "null", "a list": lambda text: f"[{text}]", "a number": lambda text: "7", "no members": lambda text: "{}",
    "deep": lambda text: "[" * 100_000, "checks as a list": changed(checks=[]), "changes as a text": changed(changes="none"),
    "journal as a number": changed(journal=3), "of a newer version": changed(version=99), "without a version": changed(version=None),
    "a directory": None,
}


def write(stage: Loaded, spoil):
    good = stage.box.read(STATE)
    stage.do(f"rm {STATE}")
    if spoil is None:
        stage.do(f"mkdir {STATE}")
    else:
        stage.box.inside(_write, STATE, spoil(good).encode(errors="surrogateescape"))
    stage.do(f"chown checklistd: {STATE}")


def _write(path: str, contents: bytes):
    with open(path, "wb") as file:
        file.write(contents)


def corrupt(stage: Loaded):
    """Starts the daemon with each; it puts the file aside, and says the same as before."""
    for name, spoil in CORRUPT.items():
        stage.do(f"systemctl stop {DAEMON}; rm -rf {STATE}.*")
        write(stage, spoil)
        stage.do(f"systemctl start {DAEMON}")
        wait_until(lambda: ready(stage.box), 15, f"the daemon with a state that is {name}")
        wait_until(lambda: stage.asked(stage.state), 15, f"another state than one that is {name}")
        aside = stage.box.run(f"ls -d {STATE}.bad-*", check=False).stdout.split()
        assert len(aside) == 1, f"a state that is {name}: {aside or 'nothing'} was put aside"


def saved(stage: Loaded):
    """Whether the state file holds what the daemon counts by now."""
    least = stage.errors_counted()
    wait_until(lambda: kept(stage) >= least, 20, f"{least} errors to be kept in the state file")


def kept(stage: Loaded) -> int:
    state = stage.asked(stage.state)
    return state["journal"]["counters"].get(TALKER, {}).get("err", {}).get("priority", 0) if state else 0


def without_space(stage: Loaded):
    stage.do(f"{AT_THE_DAEMONS} mount -n -t tmpfs -o size=4k full {DIRECTORY};"
             f"{AT_THE_DAEMONS} sh -c 'chown checklistd: {DIRECTORY}; head -c 4096 /dev/zero > {DIRECTORY}/filler'")


def as_before(stage: Loaded):
    """Takes away what is mounted over the directory."""
    stage.do(f"{AT_THE_DAEMONS} umount -n -c {DIRECTORY}")
    saved(stage)


def read_only(stage: Loaded):
    stage.do(f"{AT_THE_DAEMONS} mount -n -t tmpfs -o ro read-only {DIRECTORY}")


def stop_for(seconds: float):
    def during(stage: Loaded):
        stage.do(f"systemctl kill --kill-who=main --signal=STOP {DAEMON}")
        time.sleep(seconds)
        stage.do(f"systemctl kill --kill-who=main --signal=CONT {DAEMON}")
    return during


FAULTS = (
    Surrounding("stopped", f"the daemon stopped for {PAUSE} s, less than its watchdog's time", stop_for(PAUSE)),
    Surrounding("stopped-minute", "the daemon stopped for a minute: its watchdog starts another", stop_for(MINUTE), restarts=1),
    Surrounding("state-full", "no space in the state directory", without_space, as_before, lasts=10),
    Surrounding("state-read-only", "the state directory read-only", read_only, as_before, lasts=10),
    Surrounding("state-corrupt", f"a state file that is corrupt in {len(CORRUPT)} ways, one after the other", corrupt, begins_anew=True),
)
