# SPDX-License-Identifier: MIT
"""The page of a real daemon in a real browser; `scripts/test browser` says where Playwright is.

Runs only on request: it needs Chromium and a package from npm.
"""

import json
import os
import subprocess

from faults.cases import CATALOG
from sandbox import Sandbox, enforced, plan
from sandbox.tree import REPOSITORY
from sandbox.wait import wait_until

SCENES = REPOSITORY / "tests/views/browser/main.mjs"


def test_the_page_in_a_browser(build, tmp_path):
    """Runs each test of main.mjs, and its commands in the sandbox."""
    with Sandbox("browser") as box:
        plan.install(box, build)
        enforced.without_driver(box)
        enforced.change(box, "grafana.json", lambda spec: spec | {"settle": "1s"})
        box.boot(wait=False)
        box.wait_booted()
        plan.wait_up(box)
        wait_until(lambda: box.http(10558, "/-/ready").status == 200, 60, "checklistd")
        pictures = os.environ.get("CHECKLIST_PICTURES", tmp_path)
        results = play(box, f"http://127.0.0.1:{box.forward(10558).port}/", pictures)
    assert results, "no scene was played"
    failed = [f"{scene}:\n{error}" for scene, error in results.items() if error]
    assert not failed, "\n\n".join(failed)


def step_of(number, step) -> str:
    """Returns the shell commands of a step of a fault; what it needs beforehand is a part of its injection."""
    fault = next(fault for fault in CATALOG if fault.number == number)
    return fault.undo if step == "undo" else "\n".join(filter(None, (fault.prepare, fault.inject)))


def play(box, address, pictures) -> dict[str, str | None]:
    """Returns the error of each scene, or None."""
    results = {}
    command = ["node", SCENES, address, pictures]
    with subprocess.Popen(command, cwd=SCENES.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as scenes:
        for line in scenes.stdout:
            message = json.loads(line)
            if "test" not in message:
                box.run(message["do"] if "do" in message else step_of(message["fault"], message["step"]))
                scenes.stdin.write("done\n")
                scenes.stdin.flush()
            else:
                results[message["test"]] = message.get("error")
                print("ok  " if "error" not in message else "BAD ", message["test"], f"({message['took']} ms)")
    return results
