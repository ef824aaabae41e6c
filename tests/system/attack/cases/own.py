# SPDX-License-Identifier: MIT
"""The daemon's own file and unit."""

import json
import re

from bench.world import ready
from sandbox.wait import wait_until

from ..attack import Attack
from ..stage import DAEMON, Stage

STATE = "/var/lib/checklistd/state.json"
NUMBERS = {"fraction": 1.5, "huge fraction": 1e300, "negative": -1, "of 64 bits": 2**64 - 1, "beyond 2^53": 2**53 + 1,
           "beyond 64 bits": 2**70, "text": "7", "null": None}
GOOD = ("of 64 bits", "beyond 2^53")
NO_REPORT = 3  # exit status of checklistctl, and beyond
FIELDS = ("changes of checks", "since", "journal counters", "last_trigger")
EXPOSURE = 1.9  # docs/security.md; 1.6 with the drop-in there


def spoil(state, field, value):
    """Puts the value where a count or a time belongs; whether there was one."""
    hit = False
    if field in FIELDS[:2]:
        for checks in state["checks"].values():
            for track in checks.values():
                if field == "since":
                    track["since"] = value
                else:
                    track["changes"] = [value] * len(track["changes"])
                hit = True
    elif field == "journal counters":
        for counters in state["journal"]["counters"].values():
            for by_class in counters.values():
                for counted in by_class:
                    by_class[counted], hit = value, True
    else:
        for record in state["records"].values():
            record["last_trigger"], hit = value, True
    return hit


def numbers(stage: Stage) -> list[str]:
    """Starts the daemon with each, and reads its report with checklistctl."""
    box, lines = stage.box, []
    box.run(f"systemctl stop {DAEMON}")
    good = box.read(STATE)
    for field in FIELDS:
        for name, value in NUMBERS.items():
            state = json.loads(good)
            if not spoil(state, field, value):
                continue
            box.run(f"systemctl stop {DAEMON}; rm -f {STATE}.*", check=False)
            box.write(STATE, json.dumps(state))
            box.run(f"chown checklistd: {STATE}; systemctl start {DAEMON}", check=False)
            try:
                wait_until(lambda: ready(box), 15, "checklistd")
            except TimeoutError as error:
                lines.append(f"BROKEN {field}, {name}: {error}")
                continue
            done = box.run("checklistctl status > /dev/null", check=False)
            aside = box.run(f"ls {STATE}.* 2> /dev/null | wc -l", check=False).stdout.strip()
            if done.returncode >= NO_REPORT:
                lines.append(f"BROKEN {field}, {name}: published, and refused: {done.stderr.strip()[:160]}")
            elif aside == "0" and name not in GOOD:
                lines.append(f"BROKEN {field}, {name}: read as if it were one")
    box.run(f"systemctl stop {DAEMON}")
    box.write(STATE, good)
    box.run(f"chown checklistd: {STATE}; systemctl start {DAEMON}")
    return lines


def exposure(stage: Stage) -> list[str]:
    out = stage.box.run(f"systemd-analyze security --no-pager {DAEMON}", check=False).stdout
    score = float(re.search(r"exposure level for \S+: (\d+\.\d+)", out)[1])
    lines = [line.strip() for line in out.splitlines() if line.startswith("✗")]
    return [f"{'BROKEN ' if score > EXPOSURE else ''}exposure {score}, promised {EXPOSURE}", *lines]


ATTACKS = (
    Attack("state-numbers", "9: state.json with fractions and huge numbers", also=numbers, kills=False, seconds=2),
    Attack("exposure", "10: exposure of its own unit", also=exposure, kills=False, seconds=2),
)
