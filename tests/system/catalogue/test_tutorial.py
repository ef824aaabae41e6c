# SPDX-License-Identifier: MIT
"""docs/tutorial.md, typed as it is written, on a host with nginx and PostgreSQL: up to the alert at Alertmanager."""

import re
import time

import pytest
from sandbox import Sandbox
from sandbox.tree import REPOSITORY, catalogue_tree
from sandbox.wait import wait_until

TUTORIAL = (REPOSITORY / "docs/tutorial.md").read_text()
# Units of the tree that a minimal Debian with these two does not have. Prometheus comes with the fourth step.
KEPT = "^(nginx|postgresql|dbus|cron|getty)"
OTHERS = ("systemctl list-unit-files --type=service,socket,timer,path --state=enabled,enabled-runtime,generated --no-legend --plain"
          f" | cut -d' ' -f1 | grep -Ev '{KEPT}' | xargs systemctl --quiet mask")
ARRIVING = 180  # seconds: a scrape, the minute of the rule, an evaluation


def blocks(number: int) -> list[tuple[str, str]]:
    """(language, text) of each code block of a section."""
    section = re.search(rf"^## {number}\..*?(?=^## )", TUTORIAL, re.S | re.M)[0]
    return re.findall(r"^```(\w*)\n(.*?)^```$", section, re.S | re.M)


def commands(number: int) -> list[str]:
    """What is typed in a section."""
    return [line for language, text in blocks(number) if language == "sh" for line in text.splitlines()]


def outputs(number: int) -> list[str]:
    """What is shown of the output in a section."""
    return [text for language, text in blocks(number) if language != "sh"]


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("tutorial", tree=catalogue_tree()) as host:
        host.run(OTHERS)
        # The sandbox may not lower it, and PostgreSQL runs without.
        host.write("/etc/systemd/system/postgresql@.service.d/sandbox.conf", "[Service]\nOOMScoreAdjust=0\n")
        host.boot()
        wait_until(lambda: host.listens(80) and host.listens(5432), 30, "nginx and PostgreSQL")
        host.install(build)  # in place of the first block, which builds
        yield host


def type_all(box, number: int, skip=0) -> dict[str, str]:
    """Types the commands of a section. Returns what each printed."""
    return {each: type_one(box, each) for each in commands(number)[skip:]}


def type_one(box, command: str) -> str:
    done = box.run(command, check=False, timeout=120)
    fails = "status" in command.split() and done.returncode in (1, 2)  # what it says is the answer
    assert done.returncode == 0 or fails, (command, done)
    if command.startswith("apt-get install"):  # these are there, and were masked
        box.run("systemctl unmask prometheus prometheus-alertmanager; systemctl enable prometheus prometheus-alertmanager")
    return done.stdout


def answer(box, command: str, words: str, timeout: float) -> str:
    """What a command prints once that contains the words."""
    return wait_until(lambda: (out := type_one(box, command)) and words in out and out, timeout, f"{words} from {command}", 1)


def without_times(text: str) -> list[str]:
    return [re.sub(r"\d{4}-\d\d-\d\d\S*( \S+ UTC)?", "TIME", line).rstrip() for line in text.splitlines()]


def test_it_leads_to_an_alert(box):
    began = time.monotonic()
    build_steps = commands(1).index("systemd-sysusers")
    assert commands(1)[1:build_steps] == [line for line in (REPOSITORY / "README.md").read_text().replace(
        "cmake --preset release -DCMAKE_INSTALL_PREFIX=/usr && ", "cmake --preset release -DCMAKE_INSTALL_PREFIX=/usr\n").replace(
        "sudo cmake --install", "cmake --install").splitlines() if line.startswith("cmake ")]
    type_all(box, 1, build_steps)

    printed = type_all(box, 2)
    assert printed["cat /etc/checklistd/services.d/nginx.json"] == outputs(2)[0]

    stop, status, start, again = commands(3)
    type_one(box, stop)
    failing = answer(box, status, "FAIL", 10)
    assert set(without_times(outputs(3)[0])) <= set(without_times(failing)), failing
    type_one(box, start)
    answer(box, again, " 0 fail, 0 unknown", 60)

    type_all(box, 4)
    query, stop, alerts, start = commands(5)
    answer(box, query, "=>", 60)
    type_one(box, stop)
    alert = answer(box, alerts, "ChecklistServiceDown", ARRIVING)
    print(f"{(time.monotonic() - began) / 60:.1f} minutes from the installation to the alert")
    assert set(outputs(5)[0].split()) <= set(alert.split()), alert
    type_one(box, start)
    wait_until(lambda: "ChecklistServiceDown" not in type_one(box, alerts), 60, "the end of the alert")
