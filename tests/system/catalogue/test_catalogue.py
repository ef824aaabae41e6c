# SPDX-License-Identifier: MIT
"""Specs that `checklistctl capture` makes of real packages: they pass, are the same each time, and notice a fault.

All services run in one sandbox, and all faults are injected at once. It ends with a table of what was seen.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sandbox import Sandbox
from sandbox.enforced import uncontrolled
from sandbox.tree import catalogue_tree
from sandbox.wait import wait_until

from services import SERVICES, Service

SETUP = Path(__file__).parent / "setup"
PASSES = {"pass", "skip"}
# Limits that only a host with CAP_SYS_RESOURCE can raise for its containers.
CAP_SYS_RESOURCE = 24
RAISED = {"LimitMEMLOCK", "LimitNOFILE", "LimitNPROC", "OOMScoreAdjust"}


@dataclass
class Host:
    box: Sandbox
    specs: dict[str, str]  # the text of each unit's spec
    again: dict[str, str]  # captured once more
    healthy: dict[str, dict]  # the report's rows by unit
    broken: dict[str, dict]  # after the faults
    versions: dict[str, str]  # of packages


def capture(box, directory: str) -> dict[str, str]:
    units = [service.unit for service in SERVICES]
    box.run(["checklistctl", "capture", f"--output-dir={directory}", *units], timeout=120)
    names = box.run(["ls", directory]).stdout.split()
    texts = {name: box.read(f"{directory}/{name}") for name in names}
    return {json.loads(text)["unit"]: text for text in texts.values()}


def rows(box) -> dict[str, dict]:
    report = json.loads(box.http(10558, "/api/v1/report").body)
    return {row["unit"]: row for row in report["services"]}


def statuses(row: dict) -> dict[str, str]:
    return {check["check"]: check["status"] for check in row["checks"]}


def findings(row: dict, check: str) -> list[dict]:
    [found] = [each["findings"] for each in row["checks"] if each["check"] == check]
    return [each for each in found if each["status"] not in PASSES]


def not_enforced() -> set[str]:
    """The limits that this host cannot give its sandboxes."""
    status = Path("/proc/self/status").read_text()
    [bounding] = [line.split()[1] for line in status.splitlines() if line.startswith("CapBnd:")]
    return uncontrolled() | (set() if int(bounding, 16) & 1 << CAP_SYS_RESOURCE else RAISED)


def troubles(service: Service, row: dict) -> dict[str, list[dict]]:
    """What does not pass, except where that is known or this sandbox cannot give it."""
    out = {check: findings(row, check) for check, status in statuses(row).items()
           if status not in PASSES and check not in service.excused}
    if {each["subject"] for each in out.get("resource_limits", [])} <= not_enforced():
        out.pop("resource_limits", None)
    return out


def observe(box, done, timeout: float) -> dict[str, dict]:
    """The report once `done(service, row)` holds for every service, or the time is over."""
    def all_done():
        seen = rows(box)
        return all(service.unit in seen and done(service, seen[service.unit]) for service in SERVICES)
    try:
        wait_until(all_done, timeout, interval=0.5)
    except TimeoutError:
        pass  # the tests say which
    return rows(box)


@pytest.fixture(scope="module")
def host(build):
    with Sandbox("catalogue", tree=catalogue_tree()) as box:
        box.run(SETUP.read_text(), timeout=120)
        box.install(build)
        box.boot()
        versions = dict(line.split("\t") for line in box.run("dpkg-query -W").stdout.splitlines())
        specs, again = capture(box, "/run/specs"), capture(box, "/run/again")
        box.run("cp /run/specs/* /etc/checklistd/services.d; systemctl reload checklistd.service")
        healthy = observe(box, lambda service, row: not troubles(service, row), 30)
        for fault in [box.popen(["sh", "-euc", service.fault]) for service in SERVICES]:
            fault.wait(60)
        broken = observe(box, lambda service, row: statuses(row)[service.caught] == "fail", 60)
        yield Host(box, specs, again, healthy, broken, versions)


def of_each_service(test):
    return pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.unit)(test)


@of_each_service
def test_capture_says_the_same_again(host, service):
    assert host.specs[service.unit] == host.again[service.unit]


@of_each_service
def test_the_captured_spec_passes(host, service):
    assert troubles(service, host.healthy[service.unit]) == {}


@of_each_service
def test_the_captured_spec_notices_a_fault(host, service):
    assert statuses(host.broken[service.unit])[service.caught] == "fail", host.broken[service.unit]


def test_a_unit_that_stands_for_its_instances_brings_them(host):
    for unit, instance in (("postgresql", "postgresql@15-main"), ("postfix", "postfix@-")):
        host.box.run(["checklistctl", "add", f"--services-dir=/run/{unit}.d", unit])
        assert host.box.run(["ls", f"/run/{unit}.d"]).stdout.split() == [f"{unit}.json", f"{instance}.json"]


def test_a_name_that_is_no_unit_is_answered_with_those_that_it_may_mean(host):
    refused = host.box.run("checklistctl add apache", check=False)
    assert refused.returncode == 3
    assert refused.stderr == "checklistctl: no unit 'apache.service': perhaps apache2.service, httpd.service\n"


def test_the_table(host, request):
    lines = ["", f"{'kind':24}{'package':32}{'version':32}{'checks':8}fault caught by"]
    for service in SERVICES:
        done = statuses(host.broken[service.unit])[service.caught] == "fail"
        lines.append(f"{service.kind:24}{service.package:32}{host.versions[service.package]:32}"
                     f"{len(host.healthy[service.unit]['checks']):<8}{service.caught if done else 'MISSED'}")
    terminal = request.config.pluginmanager.getplugin("terminalreporter")  # none in a worker of xdist
    (terminal.write_line if terminal else print)("\n".join(lines))
