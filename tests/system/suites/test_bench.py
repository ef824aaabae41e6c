# SPDX-License-Identifier: MIT
"""That the benchmarks run and print what they promise; never how fast anything is."""

import os
import subprocess
import sys

import pytest
from sandbox.tree import REPOSITORY


@pytest.mark.parametrize("numbers, promised", [
    (("detection", 2), "ratio of the medians: "),
    (("scrape", 2, 20), "D-Bus messages of checklistd during 2 scrapes: 0;"),
    (("storm", 20), "worst staleness at a scrape"),
    (("memory", 20), "33 specs"),
    (("flood", 500, 1), "journald wrote "),
    (("logins", 2), "no client again"),
    (("idle", 1), "wake-ups of checklistd: "),
    (("fleet", 2, 1, 1), "evaluation of checklistd_units"),
])
def test_prints_its_figures(build, numbers, promised):
    command = [sys.executable, "-m", "bench", build, *map(str, numbers)]
    done = subprocess.run(command, cwd=REPOSITORY / "tests", capture_output=True, text=True, timeout=120,
                          env=os.environ | {"PYTHONPATH": str(REPOSITORY / "tests/system")})
    assert (done.returncode, done.stderr) == (0, "")
    assert promised in done.stdout
