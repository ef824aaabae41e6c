# SPDX-License-Identifier: MIT
"""A spec that vanishes is missed, over restarts, until root says that it may be forgotten."""

import json

import pytest
from sandbox import Sandbox, plan
from sandbox.wait import wait_until

SPEC = "/etc/checklistd/services.d/ollama.json"
UNIT = "ollama.service"


@pytest.fixture(scope="module")
def box(build):
    with Sandbox("coverage") as booted:
        plan.install(booted, build)
        booted.boot()
        wait_until(lambda: booted.http(10558, "/-/ready").status == 200, 20, "checklistd")
        yield booted


def report(box):
    answer = box.http(10558, "/api/v1/report")
    return json.loads(answer.body) if answer.status == 200 else {"services": [], "host": {"checks": []}}


def missed(box):
    """The specs that coverage misses; None while it has not answered."""
    checks = report(box)["host"]["checks"]
    findings = next((each["findings"] for each in checks if each["check"] == "coverage"), None)
    return None if findings is None else [f["subject"] for f in findings if f["reason"] == "vanished"]


def wait_watched(box, unit, expected):
    """The daemon re-reads its specs after `systemctl reload` has returned."""
    wait_until(lambda: (unit in [each["unit"] for each in report(box)["services"]]) == expected,
               10, f"the spec of {unit} to be {'read' if expected else 'gone'}")


def wait_missed(box, expected):
    wait_until(lambda: missed(box) == expected, 10, f"coverage to miss {expected}")


def reload(box):
    box.run("systemctl reload checklistd.service")


def restart(box):
    box.run("systemctl restart checklistd.service")


def test_a_spec_that_vanished_is_missed_until_it_is_forgotten(box):
    wait_missed(box, [])
    box.run(f"mv {SPEC} /root/")
    reload(box)
    wait_missed(box, [UNIT])
    restart(box)
    wait_missed(box, [UNIT])
    box.run(f"checklistctl forget {UNIT}")
    wait_missed(box, [])
    restart(box)
    wait_missed(box, [])


def test_one_that_came_back_and_vanished_again_is_missed_again(box):
    box.run(f"mv /root/ollama.json {SPEC}")
    reload(box)
    wait_watched(box, UNIT, True)
    wait_missed(box, [])
    box.run(f"mv {SPEC} /root/")
    reload(box)
    wait_missed(box, [UNIT])
    restart(box)
    wait_missed(box, [UNIT])


def test_only_root_can_have_one_forgotten(box):
    refused = box.run(f"checklistctl forget {UNIT}", user=plan.USER, check=False)
    assert refused.returncode == 3
    assert "run it as root" in refused.stderr
    assert missed(box) == [UNIT]
    owner = box.run("stat -c '%U %a' /var/lib/checklistctl /var/lib/checklistctl/forgotten.json")
    assert owner.stdout.split("\n")[:2] == ["root 755", "root 644"]


def test_a_spec_may_be_forgotten_as_soon_as_the_reload_has_returned(box):
    box.run(f"checklistctl forget {UNIT}")
    for _ in range(5):
        box.run(f"mv /root/ollama.json {SPEC}")
        reload(box)
        wait_watched(box, UNIT, True)
        box.run(f"mv {SPEC} /root/; systemctl reload checklistd.service; checklistctl forget {UNIT}")
        wait_missed(box, [])
    box.run(f"mv /root/ollama.json {SPEC}")
    reload(box)
    wait_watched(box, UNIT, True)
    box.run(f"mv {SPEC} /root/")
    reload(box)
    wait_missed(box, [UNIT])


def test_what_did_not_vanish_cannot_be_forgotten(box):
    refused = box.run("checklistctl forget grafana", check=False)
    assert refused.returncode == 3
    assert "no vanished spec 'grafana.service'" in refused.stderr


def test_a_spec_that_said_enabled_false_may_go(box):
    box.run(f"checklistctl forget {UNIT}")
    wait_missed(box, [])
    path = "/etc/checklistd/services.d/passing.json"
    box.run(f"mkdir -p /etc/checklistd/services.d; echo '{{\"unit\": \"passing.service\", "
            f"\"enabled\": false}}' > {path}")
    reload(box)
    wait_watched(box, "passing.service", True)
    box.run(f"rm {path}")
    reload(box)
    wait_watched(box, "passing.service", False)
    wait_missed(box, [])


def test_a_unit_of_the_list_without_a_spec_fails(box):
    box.run("mkdir -p /etc/checklistd; echo '{\"expected\": [\"nowhere.service\"]}' "
            "> /etc/checklistd/checklistd.json")
    reload(box)
    wait_until(lambda: 'reason="no_spec"' in box.http(10558, "/metrics").body, 10, "no_spec")
    box.run("rm /etc/checklistd/checklistd.json")
