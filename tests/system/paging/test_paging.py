# SPDX-License-Identifier: MIT
"""From a fault to a page with the shipped rules and routes, at their own times: what arrives, when, and what does not.

The tests are one story of one host and build on each other. CHECKLIST_PAGING=FILE writes down every message, as a phone shows it.
"""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sandbox.wait import wait_until

from paging.host import NINE, TEN, Host
from paging.monitor import INSTANCE, Monitor, shown

BUDGET = 60  # seconds from a fault to its page
HEARD = 150  # until a message that has no budget: twice a wait of two minutes at the most
SPREAD = 4  # seconds between two faults, so that each finds scrapes and evaluations at another point of their turn
GPU_UNITS = ("llamacpp.service", "ollama.service", "ollama-gpu-manager.service")


@dataclass
class Story:
    host: Host
    monitor: Monitor
    began: float = field(default_factory=time.time)
    notes: list = field(default_factory=list)  # (moment, line)
    expected: list = field(default_factory=list)  # (receiver, status, alert, unit)

    def note(self, line: str) -> float:
        self.notes.append((time.time(), line))
        return self.notes[-1][0]

    def arrived(self, mark=0) -> list[tuple]:
        """What the webhook got: (moment, (receiver, status, alert, unit))."""
        return [(post.moment, (post.message["receiver"], alert["status"], alert["labels"]["alertname"], alert["labels"].get("unit")))
                for post in self.monitor.hook.since(mark) if not shown(post) for alert in post.message["alerts"]]

    def await_all(self, mark: int, expected: list[tuple], timeout: float) -> dict[tuple, float]:
        """When each arrived; nothing else may."""
        wanted = set(expected)
        self.expected += expected
        self.monitor.hook.first(mark, lambda _: wanted <= {what for _, what in self.arrived(mark)}, timeout)
        arrived = self.arrived(mark)
        assert sorted(what for _, what in arrived) == sorted(expected)
        return {what: moment for moment, what in arrived}

    def value(self, query: str) -> float:
        return self.monitor.prometheus.number(query)

    def wait_evaluated(self):
        """Until the rules have seen how the host is."""
        for series in ("checklist_check_result", "manager_unit:checklist_severity:max"):
            now = time.time()
            wait_until(lambda: self.value(f"min(timestamp({series}))") > now, BUDGET, f"no new sample of {series}")  # noqa: B023

    def wait_calm(self):
        """Until everything passes, and no alert is left that could still become one."""
        self.host.wait_well()
        self.wait_evaluated()
        wait_until(lambda: not self.monitor.prometheus.series("ALERTS"), HEARD, lambda: self.monitor.prometheus.series("ALERTS"))

    def first_sample(self, query: str, since: float) -> float:
        """When a series was first that way."""
        samples = self.monitor.prometheus.ask("query", query=f"{query}[10m]")["data"]["result"]
        return min(float(moment) for each in samples for moment, value in each["values"]
                   if float(moment) >= since and ("ALERTS" in query or value == "3"))

    def write(self, file: str):
        lines = list(self.notes)
        for post in self.monitor.hook.since(0):
            if text := shown(post):
                body = "\n".join(text[1].rstrip().splitlines())
                lines.append((post.moment, f"{post.path.removeprefix('/phone/')}:\n{text[0]}\n{body}"))
        Path(file).write_text("\n\n".join(f"{moment - self.began:7.1f} s  {line}".replace("\n", "\n           ")
                                          for moment, line in sorted(lines)) + "\n")


@pytest.fixture(scope="module")
def story(build, tmp_path_factory):
    with Host(build) as host, Monitor(tmp_path_factory.mktemp("prometheus"), host.port) as monitor:
        story = Story(host, monitor)
        story.wait_calm()
        try:
            yield story
        finally:
            if file := os.environ.get("CHECKLIST_PAGING"):
                story.write(file)


def pages(status: str, alert: str, units) -> list[tuple]:
    return [("page", status, alert, unit) for unit in units]


def silent_since(story: Story, mark: int, moment: float):
    fired = f'max_over_time(ALERTS{{alertstate="firing"}}[{time.time() - moment:.0f}s])'
    assert story.monitor.prometheus.series(fired) == []
    assert story.arrived(mark) == []


def test_a_deploy_is_silent(story):
    mark, moment = story.monitor.hook.mark(), story.note("daemon-reload and restart of nine units")
    story.host.deploy()
    story.wait_calm()
    silent_since(story, mark, moment)


def test_services_that_a_deploy_stops_for_20_s_are_silent(story):
    mark, moment = story.monitor.hook.mark(), story.note("nine units are stopped for 20 s")
    story.host.box.run(f"systemctl stop {' '.join(NINE)}")
    wait_until(lambda: time.time() >= moment + 20, 30)
    story.host.box.run(f"systemctl start {' '.join(NINE)}")
    story.wait_calm()
    silent_since(story, mark, moment)


def test_a_reboot_is_silent(story):
    mark, moment = story.monitor.hook.mark(), story.note("power off; boot after 45 s")
    story.host.box.power_off()
    wait_until(lambda: time.time() >= moment + 45, 60)
    story.host.boot()
    story.wait_calm()
    assert story.value(f'min_over_time(up{{job="checklistd"}}[{time.time() - moment:.0f}s])') == 0
    silent_since(story, mark, moment)


@pytest.fixture(scope="module")
def killed(story) -> dict[str, float]:
    """When each of the ten was killed; they stay dead until they are cured."""
    story.host.keep_dead()
    story.wait_calm()
    moments = {}
    for number, unit in enumerate(TEN):
        if moments:
            wait_until(lambda: time.time() >= moments[TEN[0]] + number * SPREAD, BUDGET)  # noqa: B023
        moments[unit] = story.note(f"{unit} is killed")
        story.host.kill(unit)
    return moments


def test_ten_services_killed_within_a_minute_are_ten_pages_within_a_minute_each(story, killed):
    down = pages("firing", "ChecklistServiceDown", TEN)
    arrived = story.await_all(0, down, 2 * BUDGET)
    table = ["seconds after the fault: scraped, evaluated, firing, paged"]
    late = []
    for unit, moment in killed.items():
        alert = f'ALERTS{{alertname="ChecklistServiceDown",unit="{unit}"'
        took = [story.first_sample(query, moment) - moment for query in (
            f'checklist_check_result{{unit="{unit}",check="service_state"}}', alert + "}", alert + ',alertstate="firing"}')]
        took.append(arrived["page", "firing", "ChecklistServiceDown", unit] - moment)
        table.append(f"{unit:32}" + "".join(f"{each:7.1f}" for each in took))
        late += [unit] if took[-1] > BUDGET else []
    story.note("\n".join(table))
    print(*table, sep="\n")
    assert late == []


def inhibited(story) -> set[tuple]:
    return {(alert["labels"]["alertname"], alert["labels"].get("unit")) for alert in story.monitor.alerts().values()
            if alert["status"]["inhibitedBy"]}


def test_what_follows_from_a_killed_service_is_no_message(story, killed):
    mark = story.monitor.hook.mark()
    follows = {("ChecklistDependencyBroken", "clamav-scan.service"), ("ChecklistJournalErrors", "clamav-daemon.service")}
    wait_until(lambda: follows <= inhibited(story), 2 * HEARD, lambda: f"inhibited are {inhibited(story)}", interval=1)
    active = {(alert["labels"]["alertname"], alert["labels"].get("unit")) for alert in story.monitor.alerts().values()
              if alert["status"]["state"] == "active"}
    assert active == {("ChecklistServiceDown", unit) for unit in TEN}
    assert story.arrived(mark) == []


def test_a_restart_of_prometheus_resolves_nothing(story, killed):
    mark, before = story.monitor.hook.mark(), story.monitor.alerts()
    story.note("Prometheus is restarted")
    story.monitor.restart_prometheus()
    started = time.gmtime()

    def heard_of(alert) -> bool:
        return alert["updatedAt"] > time.strftime("%Y-%m-%dT%H:%M:%S", started)
    wait_until(lambda: all(map(heard_of, story.monitor.alerts().values())), 2 * HEARD, "not sent again", interval=1)
    after = story.monitor.alerts()
    # Of an alert that had ended in between, the start would be another one.
    assert {key: after[key]["startsAt"] for key in before} == {key: alert["startsAt"] for key, alert in before.items()}
    assert story.arrived(mark) == []
    story.note("Prometheus has sent all alerts again")


def test_the_cure_is_a_message_for_each(story, killed):
    mark = story.monitor.hook.mark()
    story.note("all ten are started")
    story.host.cure()
    story.await_all(mark, pages("resolved", "ChecklistServiceDown", TEN), HEARD)


def test_access_to_the_gpu_that_is_lost_for_70_s_is_paged_while_it_lasts(story):
    mark, lost = story.monitor.hook.mark(), story.note("access to the GPU is lost")
    story.host.lose_gpu()
    try:
        arrived = story.await_all(mark, pages("firing", "ChecklistGpuAccessLost", GPU_UNITS), 2 * BUDGET)
        wait_until(lambda: time.time() >= lost + 70, 70)
    finally:
        story.note("access to the GPU is back")
        story.host.heal_gpu()
    story.await_all(story.monitor.hook.mark(), pages("resolved", "ChecklistGpuAccessLost", GPU_UNITS), HEARD)
    assert max(arrived.values()) - lost <= BUDGET


def test_checklistd_killed_is_one_page(story):
    mark = story.monitor.hook.mark()
    story.note("checklistd is killed, and cannot be started again")
    story.host.kill_checklistd()
    try:
        story.await_all(mark, [("page", "firing", "ChecklistDown", None)], HEARD + BUDGET)
    finally:
        mark = story.monitor.hook.mark()
        story.note("checklistd can be started again")
        story.host.cure_checklistd()
    story.await_all(mark, [("page", "resolved", "ChecklistDown", None)], HEARD)


def test_nothing_else_has_arrived(story):
    story.wait_evaluated()
    assert sorted(what for _, what in story.arrived()) == sorted(story.expected)
    assert not [alert for alert in story.monitor.prometheus.series('ALERTS{alertstate="firing"}')]
    titles = [shown(post)[0] for post in story.monitor.hook.since(0) if shown(post)]
    assert len(titles) == len(story.expected)
    assert all(INSTANCE in title for title in titles)
