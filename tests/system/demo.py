# SPDX-License-Identifier: MIT
"""The part of scripts/demo that happens in a sandbox: boots it, shows the checklist, stays.

demo.py BUILD_DIRECTORY [--once]
"""

import json
import os
import shlex
import signal
import sys
import time
from http.client import HTTPException
from urllib.parse import quote

from sandbox import Sandbox, SandboxError, enforced, monitoring, plan
from sandbox.tree import TreeError
from sandbox.wait import wait_until

STARTED = time.monotonic()
CHECKLISTD, PROMETHEUS = 10558, 9090
QUERY = 'count_values("result", checklist_check_result)'
SETTLING = 20  # seconds; servers that have just started may not listen yet


def say(text):
    print(f"   {time.monotonic() - STARTED:5.1f}s  {text}", file=sys.stderr, flush=True)


def start(box, build, begun=lambda: None):
    """Until all is up; `begun` is called as soon as systemd runs."""
    plan.install(box, build)
    enforced.without_driver(box)
    say("booting")
    box.boot(wait=False)
    begun()
    box.wait_booted()
    say("waiting for the plan's thirteen units")
    plan.wait_up(box)
    say("waiting for checklistd")
    wait_until(lambda: ready(box), 20, lambda: "checklistd is not ready:\n" + box.run(
        "systemctl status --no-pager checklistd.service", check=False).stdout)


def ready(box) -> bool:
    try:
        return box.http(CHECKLISTD, "/-/ready").status == 200
    except (OSError, HTTPException):  # its socket is there earlier than the daemon
        return False


def show(box) -> bool:
    """Prints the checklist, in colour on a terminal; whether everything passes."""
    deadline = time.monotonic() + SETTLING
    while box.run("checklistctl status", check=False).returncode in (1, 2):
        if time.monotonic() > deadline:
            break
        time.sleep(0.2)
    print(flush=True)
    term = shlex.quote(os.environ.get("TERM", "dumb"))
    return box.popen(f"TERM={term} exec checklistctl status").wait() == 0


def prometheus_says(box) -> str:
    """The same picture from Prometheus, once it has scraped."""
    def ask():
        answer = json.loads(box.http(PROMETHEUS, f"/api/v1/query?query={quote(QUERY)}").body)
        return {row["metric"]["result"]: row["value"][1] for row in answer["data"]["result"]}
    counts = wait_until(ask, 10, "Prometheus has no metrics of checklistd")
    return ", ".join(f"{counts.get(result, 0)} {status}"
                     for result, status in (("1", "pass"), ("3", "fail"), ("2", "unknown"), ("0", "skip")))


def reach(box, port) -> str:
    """Where a port of the sandbox is on this machine: under its own number if that is free."""
    try:
        forward = box.forward(port, port)
    except OSError:
        forward = box.forward(port)
        say(f"port {port} is taken on this machine, using {forward.port}")
    return f"http://127.0.0.1:{forward.port}"


def stay():
    print("\nCtrl-C ends it.", flush=True)
    while True:
        signal.pause()


def interrupt(*_):
    raise KeyboardInterrupt


def main(build, *options):
    signal.signal(signal.SIGTERM, interrupt)
    with Sandbox("demo") as box:
        start(box, build)
        passes = show(box)
        print(f"\nPrometheus, asked for {QUERY}: {prometheus_says(box)}")
        if "--once" in options:
            return 0 if passes else 1
        checklistd, prometheus = reach(box, CHECKLISTD), reach(box, PROMETHEUS)
        print("\nOn this machine:")
        print(f"  page        {checklistd}/")
        print(f"  metrics     {checklistd}/metrics")
        print(f"  Prometheus  {prometheus}/graph?g0.expr={quote(QUERY)}&g0.tab=1")
        print(f"  alerts      {prometheus}/alerts")
        stay()


def exit_of(program, *arguments):
    try:
        return program(*arguments)
    except KeyboardInterrupt:
        return 130
    except (SandboxError, TreeError, TimeoutError) as error:
        return f"demo: {error}"


if __name__ == "__main__":
    sys.exit(exit_of(main, *sys.argv[1:]))
