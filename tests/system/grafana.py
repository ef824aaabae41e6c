# SPDX-License-Identifier: MIT
"""The dashboards over a real Prometheus of a real host: well at first, then with three things broken.

`scripts/test dashboards` says with CHECKLIST_NODE_MODULES where Grafana's own code is.
"""

import json
import os
import subprocess

import pytest
from conftest import REPOSITORY
from dashboards import queries
from faults.fault import drop_in
from faults.stage import Stage
from sandbox import monitoring
from sandbox.wait import wait_until

NODE_MODULES = os.environ.get("CHECKLIST_NODE_MODULES")
NAMES = ("checklistd-host", "checklistd-fleet")
GRAFANA, LLAMA = "grafana.service", "llamacpp.service"
# Empty by nature: nothing to tell on a host that is well, or a thing that this host has not.
EMPTY_WHEN_WELL = {"Why it fails", "Why hosts fail", "Alerts"}
# What a panel needs that not every host has: a metric, or a check.
NEEDS = {"annotation NixOS generation": "checklist_nixos_generation", "GPU": "gpu_device_access",
         "Journal errors": "checklist_journal_messages_total", "Memory": "checklist_unit_memory_bytes",
         "CPU": "checklist_unit_cpu_seconds_total", "Tasks": "checklist_unit_tasks",
         "Exposure": "checklist_unit_exposure_level", "Exercises": "checklist_exercise_success"}
BREAK = (f"{drop_in(GRAFANA, '[Service]', 'Environment=LISTEN=0.0.0.0:3000')}; systemctl restart {GRAFANA};"
         f"{drop_in(LLAMA, '[Unit]', 'Wants=vanished.service')};"
         "systemctl stop canary.service")
# What these three break at least: a definition that changed may be older than its process, too.
ALERTS = {"ChecklistPortExposed", "ChecklistDependencyBroken", "ChecklistServiceDown"}


class Host:
    """Prometheus's answers, and what Grafana makes of them, in one state of the host."""

    def __init__(self, box, name):
        self.dashboard = queries.load(name)
        self.name = name
        self.answers = queries.answers(self.dashboard, self._asking(box), monitoring.INSTANCE)
        self.has = {each for label in ("__name__", "check")
                    for each in monitoring.ask(box, f"label/{label}/values")["data"]}
        self.panels, self.colors = self._cells(box) if NODE_MODULES else (None, None)

    @staticmethod
    def _asking(box):
        return lambda path, **parameters: monitoring.ask(box, path, **parameters)

    def _cells(self, box):
        with_port = box.forward(monitoring.PROMETHEUS)
        chosen = queries.variables(self.dashboard, self._asking(box), monitoring.INSTANCE)
        done = subprocess.run(
            ["node", REPOSITORY / "tests/dashboards/cells.cjs", queries.DIRECTORY / f"{self.name}.json",
             f"http://127.0.0.1:{with_port.port}", json.dumps(chosen)],
            env=os.environ | {"NODE_PATH": NODE_MODULES}, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        shown = json.loads(done.stdout)
        return shown["panels"], shown["colors"]

    def columns(self, title) -> dict[str, dict]:
        """The fields of a panel's only frame by name."""
        if self.panels is None:
            pytest.skip("Grafana's code is not installed; scripts/test dashboards does that")
        frame, = self.panels[title]
        return {field["name"]: field for field in frame}

    def cell(self, title, row, column) -> tuple[str, str]:
        """Text and colour in a matrix, whose first column names the rows."""
        fields = self.columns(title)
        names = [cell["text"] for cell in next(iter(fields.values()))["cells"]]
        cell = fields[column]["cells"][names.index(row)]
        return cell["text"], next((name for name, color in self.colors.items() if color == cell["color"]), cell["color"])

    def value(self, title) -> tuple[str, str]:
        """Of a panel with one number."""
        if self.panels is None:
            pytest.skip("Grafana's code is not installed; scripts/test dashboards does that")
        cell = self.panels[title][0][-1]["cells"][-1]
        return cell["text"], next((name for name, color in self.colors.items() if color == cell["color"]), cell["color"])


@pytest.fixture(scope="module")
def states(build):
    """Of both dashboards: (well, broken)."""
    with Stage(build, lambda _: None) as stage:
        box = stage.box
        monitoring.install(box)
        wait_until(lambda: monitoring.value(box, "sum(increase(checklist_probe_duration_seconds_count[20s]))"), 60,
                   "no probe is counted")
        well = {name: Host(box, name) for name in NAMES}
        stage.do(BREAK)
        firing = f'count(ALERTS{{alertstate="firing",alertname=~"{"|".join(ALERTS)}"}})'
        wait_until(lambda: monitoring.value(box, firing) == len(ALERTS), 60, "the alerts to fire")
        yield {name: (well[name], Host(box, name)) for name in NAMES}


def needless(states, name) -> set[str]:
    """Panels of which this host has nothing to show."""
    return {title for title, need in NEEDS.items() if need not in states[name][0].has}


@pytest.mark.parametrize("name", NAMES)
def test_every_query_finds_something(states, name):
    well, broken = states[name]
    assert {title for title, found in well.answers.items() if not found} <= needless(states, name) | EMPTY_WHEN_WELL
    assert {title for title, found in broken.answers.items() if not found} <= needless(states, name)


@pytest.mark.parametrize("name", NAMES)
def test_no_query_finds_only_what_is_no_number(states, name):
    for state in states[name]:
        for title, found in state.answers.items():
            numbers = [point[1] for each in found for point in each.get("values") or [each["value"]]]
            assert not found or set(numbers) != {"NaN"}, title


def test_what_fails_is_red_and_what_holds_is_green(states):
    well, broken = states["checklistd-host"]
    assert well.cell("Checklist", GRAFANA, "port_bindings") == ("PASS", "green")
    assert broken.cell("Checklist", GRAFANA, "port_bindings") == ("FAIL", "red")
    assert broken.cell("Checklist", LLAMA, "dependencies") == ("FAIL", "red")
    assert broken.cell("Checklist", LLAMA, "service_state") == ("PASS", "green")
    assert broken.cell("Checklist", "canary.service", "service_state") == ("FAIL", "red")


def test_the_counts_are_those_of_the_host(states):
    well, broken = states["checklistd-host"]
    assert well.value("Host") == ("PASS", "green")
    assert broken.value("Host") == ("FAIL", "red")
    assert well.value("Failing") == ("0", "green")
    number, color = broken.value("Failing")
    assert (int(number) >= 3, color) == (True, "red")
    assert well.value("Unknown") == ("0", "green")


def test_each_failure_says_why(states):
    _, broken = states["checklistd-host"]
    fields = broken.columns("Why it fails")
    assert list(fields) == ["status", "unit", "check", "subject", "reason", "expected", "observed"]
    rows = {tuple(cell["text"] for cell in row) for row in zip(*(field["cells"] for field in fields.values()))}
    told = {(row[1], row[2], row[4]) for row in rows}
    assert told >= {(GRAFANA, "port_bindings", "wider"), (LLAMA, "dependencies", "not_found"),
                    ("canary.service", "service_state", "inactive")}
    observed = next(row[6] for row in rows if row[1:3] == (GRAFANA, "port_bindings"))
    assert "tcp:0.0.0.0:3000" in observed


def test_alerts_are_listed(states):
    _, broken = states["checklistd-host"]
    alerts = {cell["text"] for cell in broken.columns("Alerts")["alertname"]["cells"]}
    assert alerts >= ALERTS


def test_a_unit_leads_to_its_own_view_and_a_host_to_its_own_dashboard(states):
    host, fleet = (states[name][1] for name in NAMES)
    first = host.columns("Checklist")["unit\\check"]
    assert first["cells"][0]["text"] == "canary.service"
    assert first["links"][0] == (f"/d/checklistd-host?var-instance={monitoring.INSTANCE}&var-unit=canary.service"
                                 "&var-datasource=prometheus")
    first = fleet.columns("Checks by host")["instance\\check"]
    assert first["links"] == [f"/d/checklistd-host?var-instance={monitoring.INSTANCE}&var-datasource=prometheus"]


def test_no_two_panels_share_a_title(states):
    for well, _ in states.values():
        titles = [panel["title"] for panel in well.dashboard["panels"]]
        assert len(titles) == len(set(titles))


def test_the_fleet_tells_which_host_and_why(states):
    well, broken = states["checklistd-fleet"]
    assert well.cell("Checks by host", monitoring.INSTANCE, "worst") == ("PASS", "green")
    assert broken.cell("Checks by host", monitoring.INSTANCE, "worst") == ("FAIL", "red")
    assert broken.cell("Checks by host", monitoring.INSTANCE, "port_bindings") == ("FAIL", "red")
    assert "toggles" not in broken.columns("Checks by host")
    assert (well.value("Passing")[0], well.value("Failing")[0]) == ("1", "0")
    assert (broken.value("Passing")[0], broken.value("Failing")[0]) == ("0", "1")

