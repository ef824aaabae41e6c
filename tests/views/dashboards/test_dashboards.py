# SPDX-License-Identifier: MIT
"""The dashboards over a real Prometheus of a real host: well at first, then with three things broken.

`scripts/test dashboards` says with CHECKLIST_NODE_MODULES where Grafana's own code is, and with CHECKLIST_PICTURES where
to keep the pictures of its panels.
"""

import json
import os
import shutil
import subprocess
from itertools import pairwise

import pytest
from sandbox.tree import REPOSITORY
from views.dashboards import queries
from faults.fault import drop_in
from faults.stage import Stage
from sandbox import monitoring
from sandbox.wait import wait_until

NODE_MODULES = os.environ.get("CHECKLIST_NODE_MODULES")
DRAWS = NODE_MODULES and shutil.which("chromium")
NAMES = ("checklistd-host", "checklistd-fleet")
GRAFANA, LLAMA = "grafana.service", "llamacpp.service"
# Empty by nature: no failure on a healthy host, or hardware that this host does not have.
EMPTY_WHEN_WELL = {"Why it fails", "Why hosts fail", "Alerts"}
# What a panel needs that not every host has: a metric, or a check.
NEEDS = {"annotation NixOS generation": "checklist_nixos_generation", "GPU": "gpu_device_access",
         "Journal errors": "checklist_journal_messages_total", "Memory": "checklist_unit_memory_bytes",
         "CPU": "checklist_unit_cpu_seconds_total", "Tasks": "checklist_unit_tasks",
         "Exposure": "checklist_unit_exposure_level", "Exercises": "checklist_exercise_success"}
BREAK = (f"{drop_in(GRAFANA, '[Service]', 'Environment=LISTEN=0.0.0.0:3000')}; systemctl restart {GRAFANA};"
         f"{drop_in(LLAMA, '[Unit]', 'Wants=vanished.service')};"
         "systemctl stop canary.service; systemd-run --quiet --unit=strange --wait /usr/bin/false || true")
# Not a number until a probe is counted between two scrapes.
PROBED = "max(histogram_quantile(0.95, sum by (le) (rate(checklist_probe_duration_seconds_bucket[60s]))) >= 0)"
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
        shown = self._node(box, "cells.cjs")
        return shown["panels"], shown["colors"]

    def drawn(self, box, picture) -> dict[str, dict]:
        """What Chromium shows of it now, by theme; PICTURE-dark.png and others are kept."""
        return self._node(box, "pictures.cjs", picture)

    def _node(self, box, program, *more):
        with_port = box.forward(monitoring.PROMETHEUS)
        chosen = queries.variables(self.dashboard, self._asking(box), monitoring.INSTANCE)
        done = subprocess.run(
            ["node", REPOSITORY / "tests/views/dashboards" / program, queries.DIRECTORY / f"{self.name}.json",
             f"http://127.0.0.1:{with_port.port}", json.dumps(chosen), *more],
            env=os.environ | {"NODE_PATH": NODE_MODULES}, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

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
def scene(build, tmp_path_factory):
    """Of both dashboards: (well, broken), and what a browser shows of the broken one."""
    pictures = os.environ.get("CHECKLIST_PICTURES") or tmp_path_factory.mktemp("pictures")
    with Stage(build, lambda _: None) as stage:
        box = stage.box
        monitoring.install(box)
        # A graph has a point every five seconds, and a single one may be drawn too faintly to be found.
        wait_until(lambda: (monitoring.value(box, f"count_over_time({PROBED}[60s:5s])") or 0) >= 3, 60, "a line of probes")
        well = {name: Host(box, name) for name in NAMES}
        stage.do(BREAK)
        firing = f'count(ALERTS{{alertstate="firing",alertname=~"{"|".join(ALERTS)}"}})'
        wait_until(lambda: monitoring.value(box, firing) == len(ALERTS), 60, "the alerts to fire")
        box.run("checklistctl ack --host failed_units --until 1d --reason known")
        wait_until(lambda: monitoring.value(box, "sum(checklist_host_check_acknowledged)") == 1, 30, "the acknowledgement")
        states = {name: (well[name], Host(box, name)) for name in NAMES}
        drawn = {name: states[name][1].drawn(box, f"{pictures}/{name}") for name in NAMES} if DRAWS else {}
        yield states, drawn


@pytest.fixture
def states(scene):
    return scene[0]


@pytest.fixture(params=NAMES)
def drawn(scene, request):
    """By theme: panels, colours and what the console complained of."""
    if not DRAWS:
        pytest.skip("Grafana's code or Chromium is not installed; scripts/test dashboards does that")
    return request.param, scene[1][request.param]


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
    assert well.cell("Checklist", GRAFANA, "port bindings") == ("PASS", "green")
    assert broken.cell("Checklist", GRAFANA, "port bindings") == ("FAIL", "red")
    assert broken.cell("Checklist", LLAMA, "dependencies") == ("FAIL", "red")
    assert broken.cell("Checklist", LLAMA, "service state") == ("PASS", "green")
    assert broken.cell("Checklist", "canary.service", "service state") == ("FAIL", "red")


def test_the_counts_are_those_of_the_host(states):
    well, broken = states["checklistd-host"]
    assert well.value("Host") == ("PASS", "green")
    assert broken.value("Host") == ("FAIL", "red")
    assert well.value("Failing") == ("0", "green")
    number, color = broken.value("Failing")
    assert (int(number) >= 3, color) == (True, "red")
    assert well.value("Unknown") == ("0", "green")
    assert (well.value("Acknowledged")[0], broken.value("Acknowledged")[0]) == ("0", "1"), "those of the host count, too"


def test_each_failure_says_why(states):
    _, broken = states["checklistd-host"]
    fields = broken.columns("Why it fails")
    assert list(fields) == ["status", "unit", "check", "subject", "reason", "expected", "observed"]
    rows = {tuple(cell["text"] for cell in row) for row in zip(*(field["cells"] for field in fields.values()))}
    shown = {(row[1], row[2], row[4]) for row in rows}
    assert shown >= {(GRAFANA, "port_bindings", "wider"), (LLAMA, "dependencies", "not_found"),
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


def test_the_fleet_shows_which_host_and_why(states):
    well, broken = states["checklistd-fleet"]
    assert well.cell("Checks by host", monitoring.INSTANCE, "worst") == ("PASS", "green")
    assert broken.cell("Checks by host", monitoring.INSTANCE, "worst") == ("FAIL", "red")
    assert broken.cell("Checks by host", monitoring.INSTANCE, "port bindings") == ("FAIL", "red")
    assert "toggles" not in broken.columns("Checks by host")
    assert (well.value("Passing")[0], well.value("Failing")[0]) == ("1", "0")
    assert (broken.value("Passing")[0], broken.value("Failing")[0]) == ("0", "1")


def rgb(color: str) -> str:
    """As getComputedStyle spells "#F2495C"."""
    return f"rgb({', '.join(str(int(color[at:at + 2], 16)) for at in (1, 3, 5))})"


def has_a_line(series) -> bool:
    """Whether something of it is to be seen in a graph: two numbers one after the other that are not both 0."""
    for each in series:
        values = [float(value) for _, value in each.get("values", [])]
        if any(first + second > 0 for first, second in pairwise(values)):
            return True
    return False


def test_a_browser_draws_every_panel_without_a_complaint(states, drawn):
    name, themes = drawn
    broken = states[name][1]
    kinds = {panel["title"]: panel["type"] for panel in broken.dashboard["panels"]}
    graphs = {title for title, kind in kinds.items() if kind == "timeseries" and has_a_line(broken.answers[title])}
    assert graphs
    for seen in themes.values():
        assert seen["complaints"] == []
        assert set(seen["panels"]) == set(kinds)
        assert {title for title in graphs if not seen["panels"][title]["plotted"]} == set()
        assert {title for title, panel in seen["panels"].items() if panel["text"].strip() == title} <= {
            title for title, kind in kinds.items() if kind == "row"}


def test_a_failure_is_red_in_the_browser_and_nothing_is_cut_off(drawn):
    name, themes = drawn
    row, matrix, why = {"checklistd-host": (GRAFANA, "Checklist", "Why it fails"),
                        "checklistd-fleet": (monitoring.INSTANCE, "Checks by host", "Why hosts fail")}[name]
    for seen in themes.values():
        head, *rows = seen["panels"][matrix]["rows"]
        column = [cell["text"] for cell in head].index("port bindings")
        cell = next(each for each in rows if each[0]["text"] == row)[column]
        assert (cell["text"], cell["background"]) == ("FAIL", rgb(seen["colors"]["red"]))
        for title in (matrix, why):
            assert not [cell["text"] for row in seen["panels"][title]["rows"] for cell in row if cell["cut"]]
