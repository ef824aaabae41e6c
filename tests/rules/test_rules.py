# SPDX-License-Identifier: MIT
"""Every alert fires when it should, not a minute earlier, says why, and resolves."""

import re

import pytest

from rules import tools
from rules.story import (FAIL, HOST, PASS, UNIT, UNKNOWN, WELL, Story, acknowledged, finding, host_result, host_story, lines_of, play,
                         problem, result, series, unit_story, values)

UNIT_ALERTS = {  # of each check: the alert, and what it says of the unit
    "service_state": ("ChecklistServiceDown", "is down"),
    "health_probe": ("ChecklistHealthProbeFailing", "fails its health probe"),
    "gpu_device_access": ("ChecklistGpuAccessLost", "cannot open its GPU as declared"),
    "toggles": ("ChecklistToggleWrong", "is not enabled or disabled as declared"),
    "dependencies": ("ChecklistDependencyBroken", "has a broken dependency"),
    "resource_limits": ("ChecklistLimitsWeakened", "does not have its declared resource limits"),
    "hardening": ("ChecklistHardeningWeakened", "is not sandboxed as declared"),
    "unit_definition": ("ChecklistDefinitionChanged", "has a changed or incomplete definition"),
    "journal_errors": ("ChecklistJournalErrors", "logs errors"),
    "schedule": ("ChecklistTimerDead", "does not trigger, or what it triggers fails,"),
    "files": ("ChecklistFilesWrong", "has missing, outdated or wrongly accessible files"),
    "exercise": ("ChecklistExerciseFailed", "has no recent successful exercise"),
    "of_tomorrow": ("ChecklistCheckFailing", "fails of_tomorrow")}
HOST_ALERTS = {
    "failed_units": ("ChecklistHostDegraded", "gpu1 has failed units"),
    "system_state": ("ChecklistHostDegraded", "gpu1 has not finished booting, or is in maintenance"),
    "coverage": ("ChecklistCoverageLost", "A unit of gpu1 that must be watched is not"),
    "port_conflicts": ("ChecklistPortConflict", "Two services of gpu1 declare or hold the same address"),
    "gpu_access_consistency": ("ChecklistGpuAccessInconsistent",
                               "Services of gpu1 access the GPU in different ways, or two claim it exclusively"),
    "users": ("ChecklistUsersWrong", "An account of gpu1 is missing, in the wrong groups, or can log in"),
    "firewall": ("ChecklistFirewallDisagrees", "gpu1 listens where its firewall is closed, or has open ports without a listener"),
    "gpu_errors": ("ChecklistGpuErrors", "The kernel of gpu1 reports errors of a GPU"),
    "generation": ("ChecklistGenerationNotKept", "The next boot of gpu1 starts another generation than the running one"),
    "of_tomorrow": ("ChecklistHostCheckFailing", "gpu1 fails of_tomorrow")}
EXPOSED, WRONG = "listens on more addresses than declared", "does not listen as declared, or another process does,"


def itself(alert, metric, turn, summary, description, severity, **labels) -> Story:
    """An alert about checklistd: the metric turns from one value to another."""
    where = HOST | labels
    return Story(alert, {series(metric, **where): turn}, summary, description, where | {"severity": severity, "class": "symptom"})


def unknown(*reasons: str) -> Story:
    check = "port_bindings"
    broken = {result(check): (PASS, UNKNOWN), problem(check): (None, WELL * 60)}
    broken |= {finding(check, "unknown", reason=reason): (None, 1) for reason in reasons}
    return Story("ChecklistUnknownForLong", broken, "llamacpp.service has had an unknown port_bindings for long on gpu1",
                 f"llamacpp.service on gpu1 since 00:10 UTC (AGE): {lines_of(check, *({} for _ in reasons))}",
                 UNIT | {"check": check, "group": "ml", "severity": "warning", "class": "posture"})


STORIES = [
    *(unit_story(alert, check, what) for check, (alert, what) in UNIT_ALERTS.items()),
    Story(**vars(unit_story("ChecklistBootNotGuaranteed", "boot_start", "")) | {
        "summary": "llamacpp.service will not start at the next boot of gpu1"}),
    unit_story("ChecklistPortExposed", "port_bindings", EXPOSED, {"reason": "wider"}),
    unit_story("ChecklistPortExposed", "port_bindings", EXPOSED, {"reason": "missing"}, {"reason": "extra", "subject": "udp:1"}),
    unit_story("ChecklistPortWrong", "port_bindings", WRONG, {"reason": "missing"}),
    unit_story("ChecklistPortWrong", "port_bindings", WRONG, {"reason": "foreign"}, {"reason": "extra", "subject": "udp:1"}),
    unknown("stale"),
    *(host_story(alert, check, summary, severity="critical" if check == "coverage" else "warning")
      for check, (alert, summary) in HOST_ALERTS.items()),
    host_story("ChecklistHostUnknownForLong", "users", "gpu1 has had an unknown users for long", status="unknown"),
    itself("ChecklistDown", "up", (1, 0), "checklistd does not answer on gpu1",
           "checklistd on gpu1 does not answer Prometheus; the state of its services is unknown.\n"
           "To do: if the host is up, run `systemctl status checklistd.service checklistd.socket` there", "critical"),
    itself("ChecklistStale", "checklist_dbus_up", (1, 0), "checklistd has lost the service manager on gpu1",
           "systemd does not answer checklistd on gpu1; every check of a unit is unknown.\n"
           "To do: read `systemctl status dbus` and `journalctl -u checklistd` there", "critical"),
    itself("ChecklistObserverDown", "checklist_observer_up", (1, 0), "checklistd cannot read listeners on gpu1",
           "The observer listeners of checklistd on gpu1 returns an error; checks that need it are unknown.\n"
           "To do: see the hints of `checklistctl status`", "warning", observer="listeners"),
    itself("ChecklistConfigRefused", "checklist_config_last_reload_successful", (1, 0),
           "checklistd refused its new configuration on gpu1",
           "The configuration of checklistd on gpu1 was reread and has errors; the previous one is still in force.\n"
           "To do: run `checklistctl verify-config`, which prints them", "warning"),
    itself("ChecklistNoSpecs", "checklist_specs_loaded", (1, 0), "checklistd has no specs on gpu1",
           "checklistd on gpu1 has no specs, so no check of a unit can fail.\n"
           "To do: run `checklistctl add UNIT`, which writes one to /etc/checklistd/services.d", "warning"),
    Story("ChecklistNoResults", {host_result("users"): (PASS, None)}, "checklistd reports no result on gpu1",
          "checklistd on gpu1 answers, but without any result that these rules read: no other alert about it can fire.\n"
          "To do: compare `checklistd --version` with the version of the rules",
          HOST | {"severity": "critical", "class": "symptom"}, (series("up", **HOST),)),
]
# Tested in test_consequences.py or below, because their series have another shape.
TESTED_ELSEWHERE = {"ChecklistAbsent", "ChecklistFlapping"}


def names(story: Story) -> str:
    return f"{story.alert}-{story.labels.get('check', '')}"


@pytest.mark.parametrize("story", STORIES, ids=names)
def test_fires_in_time_says_why_and_resolves(story, tmp_path):
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


@pytest.mark.parametrize("story", [story for story in STORIES if "unit" in story.labels], ids=names)
def test_is_silent_while_it_is_acknowledged(story, tmp_path):
    """Also by two users, and until two times."""
    check = story.labels["check"]
    known = values("1x120", acknowledged(check), acknowledged(check, by="ops", until="2027-01-01T00:00:00Z"))
    assert play(tmp_path, [*story.inputs(), *known], story.silence()) == ""


@pytest.mark.parametrize("story", [story for story in STORIES if "check" in story.labels and "unit" not in story.labels], ids=names)
def test_a_host_check_is_silent_while_it_is_acknowledged(story, tmp_path):
    known = series("checklist_host_check_acknowledged", **HOST, check=story.labels["check"], by="dev", until="2026-12-24T18:00:00Z",
                   reason="it moves")
    assert play(tmp_path, [*story.inputs(), *values("1x120", known)], story.silence()) == ""


def test_every_alert_has_a_story():
    assert {story.alert for story in STORIES} | TESTED_ELSEWHERE == set(tools.alerts())


def test_every_check_that_has_a_page_has_an_alert_of_its_own():
    pages = {page.stem for page in (tools.REPOSITORY / "docs/checks").glob("*.md")}
    known = set(UNIT_ALERTS) | set(HOST_ALERTS) | {"port_bindings", "boot_start"}
    assert pages - known == set()
    assert "of_tomorrow" not in pages


def test_every_runbook_is_a_page_that_is_installed():
    base = "file:///usr/share/doc/checklistd/"
    for alert, rule in tools.alerts().items():
        where = rule["annotations"]["runbook_url"]
        assert where.startswith(base), alert
        page, _, heading = where.removeprefix(base).partition("#")
        if heading:
            assert f"### {alert}\n" in (tools.REPOSITORY / "docs" / page).read_text()
            assert heading == alert.lower()
        else:
            assert page == "checks/{{ $labels.check }}.md"


@pytest.mark.parametrize("alert", tools.alerts())
def test_has_what_a_person_needs(alert):
    rule = tools.alerts()[alert]
    assert set(rule["annotations"]) == {"summary", "description", "runbook_url"}
    assert "instance" in rule["annotations"]["summary"] or alert == "ChecklistAbsent"
    assert "To do" in rule["annotations"]["description"]


@pytest.mark.parametrize("alert", tools.alerts())
def test_waits_no_time_that_a_restart_of_prometheus_turns_into_resolved(alert):
    """Prometheus restores `for` only from 10m on, so a shorter one waits again.

    It sent the alert 75 s before at the latest: its resend delay of 1m, rounded up to an evaluation of each 15 s. What it sends is
    valid for 4m. That leaves 165 s for its restart, the next evaluation and the wait.
    """
    rule = tools.alerts()[alert]
    wait, restart, evaluation = tools.seconds(rule["for"]), 30, 15
    assert wait >= 600 or wait + restart + evaluation <= 4 * 60 - 75
    assert "keep_firing_for" not in rule  # is lost at a restart


def test_the_documented_alerts_and_waits_are_those_of_the_rules():
    rows = re.findall(r"^\| (`Checklist.*?) \|.*\| (\w+) \|$", (tools.REPOSITORY / "docs/prometheus.md").read_text(), re.M)
    documented = {name: wait for row, wait in rows for name in re.findall(r"`(\w+)`", row)}
    assert documented == {name: rule["for"] for name, rule in tools.alerts().items()}


def test_no_target_at_all_is_an_alert(tmp_path):
    alert = tools.alerts()["ChecklistAbsent"]
    fired = {"exp_labels": {"job": "checklistd", "severity": "critical", "class": "symptom"}, "exp_annotations": alert["annotations"]}
    inputs = values("1x9 stale _x9 1x20", series("up", **HOST)) + values("1x50", host_result("users"))
    expected = [{"alertname": "ChecklistAbsent", "eval_time": f"{minute}m", "exp_alerts": alerts}
                for minute, alerts in ((9, []), (11, []), (13, [fired]), (22, []))]
    assert play(tmp_path, inputs, expected) == ""


@pytest.mark.parametrize("results, worst", [((0, 0), 0), ((0, PASS), 1), ((PASS, UNKNOWN), 2), ((UNKNOWN, FAIL), 3)])
def test_one_number_is_the_worst_status_of_unit_host_and_fleet(results, worst, tmp_path):
    inputs = values(f"{results[0]}x5", result("service_state")) + values(f"{results[1]}x5", result("port_bindings"))
    inputs += values("1x5", series("up", **HOST)) + values("0x5", host_result("users"))

    def is_worst(name, **labels):
        return {"expr": name, "eval_time": "3m", "exp_samples": [{"labels": series(name, **labels), "value": worst}]}
    assert play(tmp_path, inputs, expressions=[
        is_worst("manager_unit:checklist_severity:max", **UNIT, group="ml"),
        is_worst("instance:checklist_severity:max", **HOST),
        is_worst("job:checklist_severity:max", job="checklistd")]) == ""


def test_hosts_are_counted_by_severity_and_a_silent_one_is_the_worst(tmp_path):
    inputs = values("3x5", result("service_state")) + values("1x5", series("up", **HOST))
    inputs += values("0x5", series("up", job="checklistd", instance="gpu2"))
    count = "job_severity:checklist_hosts:count"
    assert play(tmp_path, inputs, expressions=[{"expr": count, "eval_time": "3m", "exp_samples": [
        {"labels": series(count, job="checklistd", severity=each), "value": 1} for each in ("3", "4")]}]) == ""


def test_promtool_has_nothing_to_say():
    lint = tools.run("promtool", "check", "rules", "--lint=all", "--lint-fatal", tools.RULES)
    assert (lint.returncode, lint.stderr) == (0, "")
    check = tools.run("promtool", "check", "config", tools.CONFIG / "prometheus/prometheus.yml")
    assert (check.returncode, check.stderr) == (0, "")


EXAMPLES = re.findall(r"```yaml\n(.*?)```", (tools.REPOSITORY / "docs/fleet.md").read_text(), re.S)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_every_example_for_fleets_is_a_configuration(example, tmp_path):
    file = tmp_path / "prometheus.yml"
    file.write_text(example)
    check = tools.run("promtool", "check", "config", "--syntax-only", file)
    assert (check.returncode, check.stderr) == (0, "")
