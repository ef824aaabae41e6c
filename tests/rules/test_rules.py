# SPDX-License-Identifier: MIT
"""Every alert fires when it should, not a minute earlier, says why, and resolves."""

import re

import pytest

from rules import tools
from rules.story import (FOUND, HOST, UNIT, Story, finding, host_status, host_story, play, series, status, description_of,
                              unit_story)

ALERT_OF = {
    "service_state": "ChecklistServiceDown", "health_probe": "ChecklistHealthProbeFailing",
    "gpu_device_access": "ChecklistGpuAccessLost", "boot_start": "ChecklistBootNotGuaranteed",
    "toggles": "ChecklistToggleWrong", "dependencies": "ChecklistDependencyBroken",
    "resource_limits": "ChecklistLimitsWeakened", "hardening": "ChecklistHardeningWeakened",
    "unit_definition": "ChecklistDefinitionChanged", "journal_errors": "ChecklistJournalErrors",
    "schedule": "ChecklistTimerDead", "files": "ChecklistFilesWrong", "exercise": "ChecklistExerciseFailed",
    "of_tomorrow": "ChecklistCheckFailing"}
HOST_ALERT_OF = {
    "failed_units": "ChecklistHostDegraded", "system_state": "ChecklistHostDegraded",
    "coverage": "ChecklistCoverageLost", "port_conflicts": "ChecklistPortConflict",
    "gpu_access_consistency": "ChecklistGpuAccessInconsistent", "users": "ChecklistUsersWrong",
    "gpu_errors": "ChecklistGpuErrors",
    "generation": "ChecklistGenerationNotKept", "of_tomorrow": "ChecklistHostCheckFailing"}
UNKNOWN = UNIT | {"check": "port_bindings", "group": "ml", "severity": "warning"}


def itself(alert, metric, well, description, severity, **labels) -> Story:
    """An alert about checklistd: the metric turns from `well` to the other of 0 and 1."""
    where = HOST | labels
    return Story(alert, {series(metric, **where): well}, description, where | {"severity": severity}, ())


def unknown(*reasons: str) -> Story:
    broken = {status("port_bindings", "unknown"): 0}
    broken |= {finding("port_bindings", "unknown", reason=reason): None for reason in reasons}
    return Story("ChecklistUnknownForLong", broken, description_of("port_bindings", {"reason": reasons[0]}), UNKNOWN)


STORIES = [
    *(unit_story(alert, check, {"reason": "its_reason"}) for check, alert in ALERT_OF.items()),
    unit_story("ChecklistPortExposed", "port_bindings", {"reason": "wider"}),
    unit_story("ChecklistPortExposed", "port_bindings", {"reason": "missing"}, {"reason": "extra", "subject": "udp:1"}),
    unit_story("ChecklistPortWrong", "port_bindings", {"reason": "missing"}),
    unit_story("ChecklistPortWrong", "port_bindings", {"reason": "foreign"}, {"reason": "extra", "subject": "udp:1"}),
    unknown("stale"),
    *(host_story(alert, check, "critical" if check == "coverage" else "warning")
      for check, alert in HOST_ALERT_OF.items()),
    host_story("ChecklistHostUnknownForLong", "users", state="unknown"),
    itself("ChecklistDown", "up", 1, "Expected an answer from checklistd at gpu1, observed none. "
           "The state of its services is unknown.", "critical"),
    itself("ChecklistStale", "checklist_dbus_up", 1, "Expected systemd to answer checklistd on gpu1, observed no "
           "answer. Every check of a unit is unknown.", "critical"),
    itself("ChecklistObserverDown", "checklist_observer_up", 1, "Expected the observer listeners on gpu1 to read its "
           "source, observed an error.", "warning", observer="listeners"),
    itself("ChecklistConfigRefused", "checklist_config_last_reload_successful", 1, "Expected the configuration last read "
           "on gpu1 to be in force, observed errors in it; the previous one is still in force. `checklistctl "
           "verify-config` prints them.", "warning"),
    itself("ChecklistNoSpecs", "checklist_specs_loaded", 1, "Expected specs on gpu1, observed none. No check of a unit can "
           "fail.", "warning"),
]
# Tested below, because their series have another shape.
TESTED_BELOW = {"ChecklistAbsent", "ChecklistFlapping"}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.alert}-{story.labels.get('check', '')}")
def test_fires_in_time_says_why_and_resolves(story, tmp_path):
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


@pytest.mark.parametrize("story", [story for story in STORIES if "unit" in story.labels], ids=lambda story: story.alert)
def test_is_silent_while_it_is_acknowledged(story, tmp_path):
    check = {name: story.labels[name] for name in ("job", "instance", "unit", "manager", "check")}
    acknowledged = {"series": series("checklist_check_acknowledged", **check), "values": "1x120"}
    assert play(tmp_path, [*story.inputs(), acknowledged], story.silence()) == ""


@pytest.mark.parametrize("story", [story for story in STORIES if story.alert in {*HOST_ALERT_OF.values(), "ChecklistHostUnknownForLong"}],
                         ids=lambda story: f"{story.alert}-{story.labels['check']}")
def test_a_host_check_is_silent_while_it_is_acknowledged(story, tmp_path):
    acknowledged = {"series": series("checklist_host_check_acknowledged", **HOST, check=story.labels["check"]), "values": "1x120"}
    assert play(tmp_path, [*story.inputs(), acknowledged], story.silence()) == ""


def test_every_alert_has_a_story():
    assert {story.alert for story in STORIES} | TESTED_BELOW == set(tools.alerts())


def test_every_check_that_has_a_page_has_an_alert_of_its_own():
    pages = {page.stem for page in (tools.REPOSITORY / "docs/checks").glob("*.md")}
    known = ALERT_OF | HOST_ALERT_OF | {"port_bindings": "ChecklistPortWrong"}
    assert {page for page in pages if not known.get(page) or page == "of_tomorrow"} == set()


def test_every_runbook_is_a_page_that_is_installed():
    base = "file:///usr/share/doc/checklistd/"
    for alert, rule in tools.alerts().items():
        where = rule["annotations"]["runbook_url"]
        assert where.startswith(base), alert
        page, _, heading = where.removeprefix(base).partition("#")
        if heading:
            assert f"### {alert}\n" in (tools.REPOSITORY / "docs" / page).read_text()
            assert heading == alert.lower()
        elif "{{" not in page:
            assert page.startswith("checks/")
            assert page.split("/")[1].removesuffix(".md") in ALERT_OF | HOST_ALERT_OF | {"port_bindings": ""}


@pytest.mark.parametrize("alert", tools.alerts())
def test_has_what_a_person_needs(alert):
    rule = tools.alerts()[alert]
    assert re.fullmatch(r"\d+m", rule["for"])
    assert set(rule["annotations"]) == {"summary", "description", "runbook_url"}
    assert "{" not in rule["annotations"]["summary"]
    assert "expected" in rule["annotations"]["description"].lower()


def test_a_text_that_changes_does_not_start_the_wait_again(tmp_path):
    story = unit_story("ChecklistServiceDown", "service_state")
    inputs = [each for each in story.inputs() if "finding_info" not in each["series"]]
    for minute in range(10, 20):
        observed = finding("service_state", observed=f"text {minute}")
        inputs.append({"series": observed, "values": f"_x{minute} 1 stale"})
    story.description = description_of("service_state", {"observed": "text 11"})
    assert play(tmp_path, inputs, story.expectations()) == ""


def test_texts_with_quotes_and_escaped_units_come_through(tmp_path):
    odd = UNIT | {"unit": r"dev-disk\x2dby\"quoted\".service"}
    found = FOUND | {"observed": 'it says "no" \\ {{ $labels }} <b>'}
    story = Story("ChecklistServiceDown", {
        series("checklist_check_status", **odd, check="service_state", group="ml", status="fail"): 0,
        series("checklist_finding_info", **odd, check="service_state", status="fail", **found): None},
        description_of("service_state", found).replace("llamacpp.service", odd["unit"]),
        odd | {"check": "service_state", "group": "ml", "severity": "critical"},
        (series("checklist_unit_info", **odd, group="ml", severity="critical"),))
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_a_failure_whose_findings_were_left_out_still_alerts(tmp_path):
    for alert, check in (("ChecklistServiceDown", "service_state"), ("ChecklistPortWrong", "port_bindings")):
        story = unit_story(alert, check)
        story.broken = {status(check): 0}
        story.description = (f"llamacpp.service (system) on gpu1, {check}: it has more findings than are exported, "
                             "see checklistctl status llamacpp.service.")
        assert play(tmp_path, story.inputs(), story.expectations()) == ""


@pytest.mark.parametrize("reason", ["permission", "unsupported", "own_sandbox"])
def test_what_its_rights_hide_is_no_alert_unless_something_else_is_unknown_too(reason, tmp_path):
    assert play(tmp_path, unknown(reason).inputs(), unknown(reason).silence()) == ""
    both = unknown(reason, "stale")
    both.description = description_of("port_bindings", *({"reason": each} for each in sorted((reason, "stale"))))
    assert play(tmp_path, both.inputs(), both.expectations()) == ""


def test_only_exposure_is_no_wrong_port_and_a_wrong_port_no_exposure(tmp_path):
    for alert, reason in (("ChecklistPortWrong", "wider"), ("ChecklistPortExposed", "missing")):
        story = unit_story(alert, "port_bindings", {"reason": reason})
        assert play(tmp_path, story.inputs(), story.silence()) == ""


def test_no_target_at_all_is_an_alert(tmp_path):
    alert = tools.alerts()["ChecklistAbsent"]
    fired = {"exp_labels": {"job": "checklistd", "severity": "critical"}, "exp_annotations": alert["annotations"]}
    inputs = [{"series": series("up", **HOST), "values": "1x9 stale _x9 1x20"}]
    expected = [{"alertname": "ChecklistAbsent", "eval_time": f"{minute}m", "exp_alerts": alerts}
                for minute, alerts in ((9, []), (14, []), (16, [fired]), (22, []))]
    assert play(tmp_path, inputs, expected) == ""


def test_failing_thrice_in_half_an_hour_is_flapping_and_ends(tmp_path):
    counter = series("checklist_check_changes_total", **UNIT, check="service_state", to="fail")
    labels = UNIT | {"check": "service_state", "severity": "critical"}
    text = ("llamacpp.service (system) on gpu1: service_state turned to fail 3 times within 30 minutes. "
            "It should do so never.")
    story = Story("ChecklistFlapping", {}, text, labels)
    inputs = [*story.inputs(), {"series": counter, "values": "7x9 8 8 8 9 9 9 10x80"}]

    def at(minute, *fired):
        return {"alertname": "ChecklistFlapping", "eval_time": f"{minute}m", "exp_alerts": list(fired)}
    assert play(tmp_path, inputs, [at(15), at(17, story.fired()), at(45)]) == ""
    story.description = text + " Now: tcp:127.0.0.1:8080 (wider): expected this, observed that"
    inputs.append({"series": finding("service_state"), "values": "1x80"})
    assert play(tmp_path, inputs, [at(17, story.fired())]) == ""
    acknowledged = series("checklist_check_acknowledged", **UNIT, check="service_state")
    assert play(tmp_path, [*inputs, {"series": acknowledged, "values": "1x80"}], [at(17)]) == ""


def statuses(check: str, now: str) -> list[dict]:
    return [{"series": status(check, each), "values": f"{int(each == now)}x5"}
            for each in ("pass", "fail", "unknown", "skip")]


@pytest.mark.parametrize("checks, worst", [
    (("skip", "skip"), 0), (("skip", "pass"), 1), (("pass", "unknown"), 2), (("unknown", "fail"), 3)])
def test_one_number_is_the_worst_status_of_unit_host_and_fleet(checks, worst, tmp_path):
    inputs = statuses("service_state", checks[0]) + statuses("port_bindings", checks[1])
    inputs += [{"series": series("up", **HOST), "values": "1x5"}, {"series": host_status("users", "pass"), "values": "0x5"}]

    def is_worst(name, **labels):
        return {"expr": name, "eval_time": "3m", "exp_samples": [{"labels": series(name, **labels), "value": worst}]}
    assert play(tmp_path, inputs, expressions=[
        is_worst("manager_unit:checklist_severity:max", **UNIT, group="ml"),
        is_worst("instance:checklist_severity:max", **HOST),
        is_worst("job:checklist_severity:max", job="checklistd")]) == ""


def test_hosts_are_counted_by_severity_and_a_silent_one_is_the_worst(tmp_path):
    inputs = statuses("service_state", "fail") + [
        {"series": series("up", **HOST), "values": "1x5"},
        {"series": series("up", job="checklistd", instance="gpu2"), "values": "0x5"}]
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
