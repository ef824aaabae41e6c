# SPDX-License-Identifier: MIT
"""More specs, dependencies and keys than a host usually has."""

import subprocess
import time
from contextlib import contextmanager

from bench.costs import CHECKLISTD, cpu, spent
from bench.world import PORT, SPECS, UNITS, write_many, write_specs
from sandbox.wait import wait_until

from ..attack import MB, Attack, Promises
from ..stage import DAEMON, SLEEPER, Stage

MANY, WANTED, MANY_WANTED = 1000, 3000, 5000
SHARING = 30  # specs; what they cost is in proportion to their number
HUB = "hub.service"
SIZE = 170 * MB  # docs/benchmarks.md, with a thousand specs
JUDGED, GIVEN_UP = 10, 120  # seconds
SETTLING, IDLE = 5, 65  # seconds; a full refresh comes every minute
READY, IDLE_CPU = 1.0, 0.01
LONGEST_SPEC = 1 << 20
VERIFIED = 1.0  # seconds that checklistctl verify-config may take


def furnish_specs(box):
    box.inside(write_many, MANY)
    box.inside(write_specs, MANY)


def start_specs(stage: Stage):
    stage.box.run("systemctl start many.target", timeout=180)
    wait_until(lambda: stage.all_judged("many-"), 180, lambda: f"all judged: {stage.not_passing()[:300]}", interval=1)


    stage.said = idle(stage)
    if stage.said.startswith("BROKEN "):
        stage.broken = (stage.said.removeprefix("BROKEN "),)


def idle(stage: Stage) -> str:
    """What the daemon costs while nothing asks and nothing happens."""
    time.sleep(SETTLING)
    before, began = cpu(stage.box, CHECKLISTD), time.monotonic()
    time.sleep(IDLE)
    share = spent(before, cpu(stage.box, CHECKLISTD))[CHECKLISTD] / (time.monotonic() - began) / 1e9
    return bounded(share <= IDLE_CPU, f"idle: {share:.2%} of a core")


def restart(stage: Stage) -> list[str]:
    """How long it takes to be ready again, what it costs after scrapes, and when all is judged."""
    after = idle(stage)
    stage.box.run(f"systemctl stop {DAEMON}")
    began = time.monotonic()
    stage.box.run(f"systemctl start {DAEMON}", timeout=120)
    ready = time.monotonic() - began
    wait_until(lambda: stage.all_judged("many-"), 180, lambda: f"all judged: {stage.not_passing()[:300]}")
    return [f"{after}, after the scrapes",
            bounded(ready <= READY, f"READY {ready:.2f} s after the start, all judged after {time.monotonic() - began:.2f} s")]


def bounded(kept: bool, line: str) -> str:
    return line if kept else f"BROKEN {line}"


def wants(count) -> str:
    """A service that wants so many units that do not exist."""
    names = " ".join(f"absent-{number:04}.service" for number in range(count))
    return SLEEPER.replace("[Service]", f"Wants={names}\n[Service]")


def furnish_boot(box):
    """So many services that a target of the boot wants, the first thousand of them watched."""
    box.inside(write_many, WANTED)
    box.inside(write_specs, MANY)
    box.run(f"cd {UNITS}; mkdir -p many.target.wants multi-user.target.wants;"
            "for unit in many-*.service; do ln -s ../$unit many.target.wants/$unit; done;"
            "ln -s ../many.target multi-user.target.wants/many.target")


def start(file, count, *units):
    """Starts services of a unit file that wants so many, and has them watched until every dependency is judged."""
    def prepare(stage: Stage):
        stage.box.write(f"{UNITS}/{file}", wants(count))
        stage.box.run(f"systemctl daemon-reload; systemctl start {' '.join(units)}", timeout=180)
        for unit in units:
            stage.spec(unit, settle="0")
        began = time.monotonic()
        stage.box.run(f"systemctl reload {DAEMON}")
        try:
            wait_until(lambda: judged(stage, units), GIVEN_UP, "no verdict on every dependency", interval=0.5)
        except TimeoutError as error:
            stage.broken = (str(error),)
            return
        took = time.monotonic() - began
        stage.said = f"{len(units)} specs judged after {took:.1f} s"
        if took > JUDGED:
            stage.broken = (f"judged after {took:.1f} s, promised are {JUDGED}",)
    return prepare


def judged(stage: Stage, units) -> bool:
    try:
        seen = stage.seen()[0]
    except (OSError, ValueError):
        return False
    return all(seen.status.get(f"{unit} dependencies") == "fail" for unit in units)


def clients_read(stage: Stage) -> list[str]:
    """Whether checklistctl, the page and the JSON work."""
    return [*(command(stage, words) for words in ("status", "status --format json")),
            *(page(stage, path) for path in ("/", "/api/v1/report", "/metrics"))]


def command(stage: Stage, words: str) -> str:
    began = time.monotonic()
    done = stage.box.run(f"checklistctl {words} > /tmp/out; wc -c < /tmp/out", check=False)
    took = f"checklistctl {words}: {done.stdout.strip()} bytes after {time.monotonic() - began:.1f} s"
    return bounded(not done.stderr, f"{took} {done.stderr.strip()[:200]}".strip())


def page(stage: Stage, path: str) -> str:
    began = time.monotonic()
    try:
        answer = stage.box.http(PORT, path, timeout=60)
    except OSError as error:
        return f"BROKEN {path}: {error}"
    return bounded(answer.status == 200,
                   f"{path}: {answer.status}, {len(answer.body) / MB:.1f} MB after {time.monotonic() - began:.1f} s")


def spec_of_keys() -> str:
    keys, size = [], 0
    while size < LONGEST_SPEC - 100:
        keys.append(f'"{len(keys):P>20x}": 0')
        size += len(keys[-1]) + 1
    return '{"unit": "keys.service", "checks": {"hardening": {' + ",".join(keys) + "}}}"


@contextmanager
def reloading(stage: Stage):
    """The file is there, and the daemon is asked every two seconds to read it."""
    stage.box.write(f"{SPECS}/keys.service.json", spec_of_keys())
    again = f"while ! read -t 2 line; do systemctl reload {DAEMON}; done"
    with stage.box.popen(["bash", "-c", again], stdin=subprocess.PIPE) as asking:
        yield
        asking.communicate(b"\n")


def verify(stage: Stage) -> list[str]:
    began = time.monotonic()
    stage.box.run("timeout 100 checklistctl verify-config > /tmp/out 2>&1", check=False, timeout=120)
    took = time.monotonic() - began
    return [bounded(took <= VERIFIED, f"verify-config took {took:.1f} s")]


ATTACKS = (
    Attack("boot-3000", f"6: {MANY} specs on services of a target that wants {WANTED}", furnish=furnish_boot,
           also=clients_read, promises=Promises(rss=SIZE)),
    Attack("sharing-3000", f"6: {SHARING} specs on services that want {WANTED} units each that do not exist",
           prepare=start("wanting@.service", WANTED, *(f"wanting@{number}.service" for number in range(SHARING))),
           also=clients_read, may_turn={"wanting@": "what they want does not exist"}),
    Attack("hub-5000", f"6: a unit that wants {MANY_WANTED} units that do not exist",
           prepare=start(HUB, MANY_WANTED, HUB), also=clients_read, may_turn={HUB: "what it wants does not exist"}),
    Attack("specs-1000", f"7: {MANY} specs, nothing happens", furnish=furnish_specs, prepare=start_specs,
           also=restart, may_turn={"many-": "they are judged once more, and their target is not of the boot"},
           promises=Promises(rss=SIZE)),
    Attack("spec-keys", "8: a spec of 1 MiB of unknown keys, reloaded every two seconds", reloading, also=verify),
)
