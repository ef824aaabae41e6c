# SPDX-License-Identifier: MIT
"""The page of a real daemon in a real browser; `scripts/test browser` says where Playwright is.

Not among the tests that run by themselves: it needs Chromium and a package from npm.
"""

import json
import os
import subprocess

from sandbox.tree import REPOSITORY
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

SCENES = REPOSITORY / "tests/views/browser/page.mjs"


def test_the_page_in_a_browser(build, tmp_path):
    """Each scene of page.mjs; what it asks to be done is done in the sandbox."""
    with Sandbox("browser") as box:
        plan.install(box)
        box.install(build)
        box.boot(wait=False)
        box.wait_booted()
        plan.wait_up(box)
        wait_until(lambda: box.http(10558, "/-/ready").status == 200, 60, "checklistd")
        pictures = os.environ.get("CHECKLIST_PICTURES", tmp_path)
        results = play(box, f"http://127.0.0.1:{box.forward(10558).port}/", pictures)
    assert results, "no scene was played"
    failed = [f"{scene}:\n{error}" for scene, error in results.items() if error]
    assert not failed, "\n\n".join(failed)


def play(box, address, pictures) -> dict[str, str | None]:
    """By scene, what went wrong."""
    results = {}
    command = ["node", SCENES, address, pictures]
    with subprocess.Popen(command, cwd=SCENES.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as scenes:
        for line in scenes.stdout:
            told = json.loads(line)
            if "do" in told:
                box.run(told["do"])
                scenes.stdin.write("done\n")
                scenes.stdin.flush()
            else:
                results[told["test"]] = told.get("error")
                print("ok  " if "error" not in told else "BAD ", told["test"])
    return results
