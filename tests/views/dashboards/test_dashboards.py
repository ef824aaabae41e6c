# SPDX-License-Identifier: MIT
"""The dashboards over a real Prometheus of a real host: well at first, then with four things broken.

`scripts/test dashboards` says with CHECKLIST_NODE_MODULES where Grafana's own code is, and with CHECKLIST_PICTURES where
to keep the pictures of its panels.
"""

import os
import re
from itertools import pairwise

import pytest
from faults.fault import drop_in
from faults.stage import Stage
from sandbox import monitoring
from views.dashboards import queries
from views.dashboards.scene import DRAWS, Host, settled_moment, wait_for

NAMES = HOST, FLEET = "checklistd-host", "checklistd-fleet"
GRAFANA, LLAMA, SSH, JUPYTER = "grafana.service", "llamacpp.service", "sshd.service", "dev/jupyter.service"
# Empty by nature while nothing fails.
EMPTY_WHEN_WELL = {"Why it fails", "What fails", "Why hosts fail", "Newest failure", "Acknowledged until", "Alerts",
                   "Alerts over time", "Turns to fail", "Restarts", "Journal errors", "annotation Critical alert"}
# What a panel needs that not every host has: a metric, or a check.
NEEDS = {"annotation NixOS generation changes": "checklist_nixos_generation", "GPU": "gpu_device_access",
         "annotation Reboot": "node_boot_time_seconds", "Memory": "checklist_unit_memory_bytes",
         "CPU": "checklist_unit_cpu_seconds_total", "Tasks": "checklist_unit_tasks",
         "Exposure": "checklist_unit_exposure_level", "Exercises": "checklist_exercise_success"}
BREAK = (f"{drop_in(GRAFANA, '[Service]', 'Environment=LISTEN=0.0.0.0:3000')}; systemctl restart {GRAFANA};"
         f"{drop_in(LLAMA, '[Unit]', 'Wants=vanished.service')};"
         f"systemctl stop {SSH}; systemctl kill --signal=KILL ollama.service;"
         "systemd-run --quiet --unit=strange --wait /usr/bin/false || true")
# What these break at least: a definition that changed may be older than its process, too.
ALERTS = {"ChecklistPortExposed", "ChecklistDependencyBroken", "ChecklistServiceDown"}
# In the time that the graphs show. A graph has a point every five seconds, and a single one may be drawn too faintly to be found.
PROBED = "count_over_time((max(rate(checklist_probe_duration_seconds_count[60s])) > 0)[60s:5s]) >= 3"
RESTARTED = "max(increase(checklist_unit_restarts_total[60s])) > 0"
LOGGED = "max(increase(checklist_journal_messages_total[60s])) > 0"
FIRING = f'count(count by (alertname) (ALERTS{{alertstate="firing",alertname=~"{"|".join(ALERTS)}"}})) == {len(ALERTS)}'
ACKNOWLEDGED = "sum(checklist_host_check_acknowledged) == 1"
SOURCES = {"loki": "some-loki", "alertmanager": "some-alertmanager"}


@pytest.fixture(scope="module")
def scene(build, tmp_path_factory):
    """Of both dashboards: (well, broken), what a browser shows of the broken one, and the host's with all data sources."""
    pictures = os.environ.get("CHECKLIST_PICTURES") or tmp_path_factory.mktemp("pictures")
    with Stage(build, lambda _: None) as stage:
        box = stage.box
        monitoring.install(box)
        wait_for(box, PROBED)
        at = settled_moment(box)
        well = {name: Host(box, name, at) for name in NAMES}
        stage.do(BREAK)
        wait_for(box, FIRING)
        box.run("checklistctl ack --host failed_units --until 1d --reason known")
        wait_for(box, ACKNOWLEDGED, PROBED, RESTARTED, LOGGED)
        at = settled_moment(box)
        states = {name: (well[name], Host(box, name, at)) for name in NAMES}
        drawn = {name: states[name][1].drawn(box, f"{pictures}/{name}") for name in NAMES} if DRAWS else {}
        yield states, drawn, Host(box, HOST, at, SOURCES)


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


def test_what_fails_is_red_and_what_holds_is_green(states):
    well, broken = states[HOST]
    assert well.cell("Checklist", GRAFANA, "port bindings") == ("PASS", "green")
    assert broken.cell("Checklist", GRAFANA, "port bindings") == ("FAIL", "red")
    assert broken.cell("Checklist", LLAMA, "dependencies") == ("FAIL", "red")
    assert broken.cell("Checklist", LLAMA, "service state") == ("PASS", "green")
    assert broken.cell("Checklist", SSH, "service state") == ("FAIL", "red")


def test_the_counts_are_those_of_the_host(states):
    well, broken = states[HOST]
    assert well.value("Host") == ("PASS", "green")
    assert broken.value("Host") == ("FAIL", "red")
    assert well.value("Failing") == ("0", "green")
    number, color = broken.value("Failing")
    assert (int(number) >= 3, color) == (True, "red")
    assert well.value("Unknown") == ("0", "green")


def test_each_failure_says_since_when_why_and_what_to_do(states):
    _, broken = states[HOST]
    rows = {(row["Unit"], row["Check"]): row for row in broken.rows("Why it fails")}
    assert rows.keys() >= {(GRAFANA, "port_bindings"), (LLAMA, "dependencies"), (SSH, "service_state"), ("(host)", "failed_units")}
    exposed = rows[GRAFANA, "port_bindings"]
    assert (exposed["Status"], exposed["Severity"]) == ("FAIL", "WARNING")
    assert "tcp:127.0.0.1:3000" in exposed["Expected"]
    assert "tcp:0.0.0.0:3000" in exposed["Observed"]
    assert all(rows[named]["What to do"] for named in ((GRAFANA, "port_bindings"), (LLAMA, "dependencies"), (SSH, "service_state")))
    assert all(row["Since"].endswith(" ago") for row in rows.values())


def test_what_is_critical_and_what_fails_come_first(states):
    _, broken = states[HOST]
    severities = [row["Severity"] for row in broken.rows("Why it fails") if row["Status"] == "FAIL"]
    assert severities == sorted(severities, key=lambda each: each != "CRITICAL")
    assert severities[0] == "CRITICAL"
    failing = {row["Unit"] for row in broken.rows("Why it fails")} - {"(host)"}
    assert {row["Unit"] for row in broken.rows("Checklist")[:len(failing)]} == failing


def test_acknowledged_failures_say_by_whom_until_when_and_why(states):
    well, broken = states[HOST]
    known, = broken.rows("Acknowledged until")
    assert (known["Unit"], known["Check"], known["By"], known["Why"]) == ("(host)", "failed_units", "root", "known")
    assert re.match(r"\d{4}-\d\d-\d\dT", known["Until"])
    assert {row["Check"]: row.get("Acknowledged by") for row in broken.rows("Why it fails")}["failed_units"] == "root"
    assert (well.value("Acknowledged")[0], broken.value("Acknowledged")[0]) == ("0", "1"), "those of the host count, too"


def test_alerts_are_listed_with_the_time_since_when_they_fire(states):
    _, broken = states[HOST]
    alerts = broken.rows("Alerts")
    assert {row["Alert"] for row in alerts} >= ALERTS
    assert all(row["Since"].endswith(" ago") for row in alerts)


def test_units_of_users_bear_the_users_name(states):
    _, broken = states[HOST]
    assert broken.cell("Checklist", JUPYTER, "service state") == ("PASS", "green")
    link, = broken.links("Checklist", "Unit", JUPYTER)
    assert "&var-manager=user:dev&var-unit=jupyter.service&" in link


def span(state) -> str:
    return f"from={state.chosen['__from']}&to={state.chosen['__to']}"


def test_a_unit_leads_to_its_own_view_and_a_host_to_its_own_dashboard(states):
    host, fleet = (states[name][1] for name in NAMES)
    unit = (f"/d/checklistd-host?var-instance={monitoring.INSTANCE}&var-manager=system&var-unit={SSH}"
            f"&var-datasource=prometheus&{span(host)}")
    assert host.links("Checklist", "Unit", SSH) == [unit]
    assert host.links("Why it fails", "Unit", SSH) == [unit]
    assert fleet.links("What fails", "Unit", SSH) == [unit]
    assert fleet.links("Checks by host", "Host", monitoring.INSTANCE) == [
        f"/d/checklistd-host?var-instance={monitoring.INSTANCE}&var-datasource=prometheus&{span(fleet)}"]


def test_what_has_no_unit_leads_to_all_units(states):
    link, = states[HOST][1].links("Why it fails", "Unit", "(host)")
    assert "&var-manager=$__all&var-unit=$__all&" in link


def test_a_check_leads_to_its_explanation_on_the_host(states):
    explanation = f"http://{monitoring.INSTANCE}:10558/explain/service_state"
    assert states[HOST][1].links("Why it fails", "Check", SSH) == [explanation]


def test_logs_and_silences_are_a_click_away_where_grafana_has_such_sources(scene):
    states, _, linked = scene
    assert "Logs" not in states[HOST][1].columns("Why it fails")
    assert "Silence" not in states[HOST][1].columns("Alerts")
    logs, = linked.links("Why it fails", "Logs", SSH)
    assert "some-loki" in logs
    assert SSH in logs
    assert linked.chosen["__from"] in logs
    silence, overview = linked.links("Alerts", "Silence", SSH)
    assert "/alerting/silence/new?alertmanager=some-alertmanager" in silence
    assert f"unit={SSH}" in silence
    assert overview.startswith("/alerting/groups?alertmanager=some-alertmanager")


def test_the_fleet_shows_which_host_and_why(states):
    well, broken = states[FLEET]
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
    kinds = {panel["title"]: panel["type"] for panel in queries.panels(broken.dashboard)}
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
    row, matrix, why = {HOST: (GRAFANA, "Checklist", "Why it fails"),
                        FLEET: (monitoring.INSTANCE, "Checks by host", "What fails")}[name]
    for seen in themes.values():
        head, *rows = seen["panels"][matrix]["rows"]
        column = [cell["text"] for cell in head].index("port bindings")
        cell = next(each for each in rows if each[0]["text"] == row)[column]
        assert (cell["text"], cell["background"]) == ("FAIL", rgb(seen["colors"]["red"]))
        for title in (matrix, why):
            assert not [cell["text"] for row in seen["panels"][title]["rows"] for cell in row if cell["cut"]]
