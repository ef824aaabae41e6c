# SPDX-License-Identifier: MIT
"""What happens around a failure: acknowledgements that end, specs that vanish, hosts that do not answer, flapping, culprits."""

import pytest

from rules.story import (FAIL, HOST, UNIT, WELL, Story, acknowledged, finding, host_result, labels_of, play, problem, result, series,
                         unit_story, values)

OTHER = UNIT | {"unit": "scan.service"}


def down(**others) -> Story:
    return unit_story("ChecklistServiceDown", "service_state", "is down", **others)


def failing(check: str, text: str, unit=UNIT, **labels) -> list[dict]:
    """A check by the results of each minute; the start of its problem is minute 10."""
    return values(text, result(check, unit)) + values("600x120", problem(check, unit, **labels))


def alerts(name: str, *minutes: tuple) -> list[dict]:
    return [{"alertname": name, "eval_time": f"{minute}m", "exp_alerts": list(fired)} for minute, *fired in minutes]


def count(name: str, minute: int, number: int) -> dict:
    """An expression test: how many alerts of a name fire in a minute, whatever they say."""
    return {"expr": f'count(ALERTS{{alertname="{name}",alertstate="firing"}}) or vector(0)', "eval_time": f"{minute}m",
            "exp_samples": [{"labels": "{}", "value": number}]}


# Severity and class


@pytest.mark.parametrize("check, alert, labels", [
    ("service_state", "ChecklistServiceDown", {"severity": "critical", "class": "symptom"}),
    ("service_state", "ChecklistServiceDown", {"severity": "info", "class": "symptom"}),
    ("journal_errors", "ChecklistJournalErrors", {"severity": "warning", "class": "posture"}),
    ("hardening", "ChecklistHardeningWeakened", {"severity": "critical", "class": "posture"})])
def test_severity_and_class_are_those_of_the_check(check, alert, labels, tmp_path):
    """Not those of the unit, which checklist_unit_info has."""
    inputs = failing(check, "1x9 3x60", **labels) + values("1x60", series("checklist_unit_info", **UNIT, group="ml", severity="critical"))
    fires = {"expr": f'ALERTS{{alertname="{alert}",alertstate="firing"}} * 0 + 1', "eval_time": "20m", "exp_samples": [
        {"labels": series("", alertname=alert, alertstate="firing", **UNIT, check=check, group="ml",
                          **labels, **({"cause": UNIT["unit"]} if check == "service_state" else {})), "value": 1}]}
    assert play(tmp_path, inputs, expressions=[fires]) == ""


# Acknowledgements and specs


def test_an_acknowledgement_that_ends_lets_the_alert_fire_after_its_wait(tmp_path):
    story = down()
    story.broken[acknowledged("service_state")] = (1, None)
    inputs = [each for each in story.inputs() if "acknowledged" not in each["series"]]
    inputs += values("1x12 stale", acknowledged("service_state"))
    assert play(tmp_path, inputs, [story.at(12), story.at(13), story.fires(14)]) == ""


def test_the_alert_of_a_spec_that_is_removed_ends(tmp_path):
    story = down()
    inputs = [{"series": each["series"], "values": "_x10 3x5 stale" if "result" in each["series"] else each["values"]}
              for each in story.inputs()]
    assert play(tmp_path, inputs, [story.fires(14), story.at(16)]) == ""


def test_another_manager_s_unit_of_the_same_name_is_another_unit(tmp_path):
    theirs = UNIT | {"manager": "user:dev"}
    story = down(unit=theirs, name="dev/llamacpp.service")
    inputs = story.inputs() + failing("service_state", "1x9 3x60") + values("1x60", acknowledged("service_state"))
    assert play(tmp_path, inputs, story.expectations()) == ""


# A host that does not answer


def test_what_fails_goes_on_failing_while_its_host_does_not_answer(tmp_path):
    inputs = failing("service_state", "1x9 3x5 stale _x9 1x60") + values("1x15 0x9 1x60", series("up", **HOST))
    inputs += values("1x15 stale _x9 1x60", series("checklist_check_result", **OTHER, check="service_state", group="ml"))
    assert play(tmp_path, inputs, expressions=[
        count("ChecklistServiceDown", minute, number) for minute, number in ((12, 1), (17, 1), (24, 1), (27, 0))]) == ""


@pytest.mark.parametrize("check, alert", [("service_state", "ChecklistServiceDown"), ("port_bindings", "ChecklistPortWrong")])
def test_what_is_well_again_does_not_fail_when_its_host_no_longer_answers(check, alert, tmp_path):
    """Checked to minute 15; acknowledged, or well, since two minutes."""
    silent = values("1x15 0x20", series("up", **HOST))
    healed = failing(check, "1x9 3x3 1x1 stale") + silent
    known = failing(check, "1x9 3x5 stale") + values("_x14 1x1 stale", acknowledged(check)) + silent
    for inputs in (healed, known):
        assert play(tmp_path, inputs, expressions=[
            count(alert, minute, number) for minute, number in ((13, 1), (15, 0), (17, 0), (25, 0))]) == ""


def test_a_check_of_the_host_that_is_well_again_does_not_fail_when_it_no_longer_answers(tmp_path):
    inputs = values("1x9 3x3 1x1 stale", host_result("users")) + values("1x15 0x20", series("up", **HOST))
    assert play(tmp_path, inputs, expressions=[
        count("ChecklistUsersWrong", minute, number) for minute, number in ((13, 1), (17, 0), (25, 0))]) == ""


def test_it_says_that_its_host_does_not_answer(tmp_path):
    story = down()
    story.description = "llamacpp.service on gpu1: service_state failed when checklistd last answered\n" \
                        "To do: see `checklistctl status llamacpp.service`"
    inputs = values("1x9 3x5 stale", result("service_state")) + values("_x10 600x5 stale", problem("service_state"))
    inputs += values("_x10 1x5 stale", finding("service_state")) + values("1x15 0x9", series("up", **HOST))
    assert play(tmp_path, inputs, [story.fires(18)]) == ""


def test_a_host_that_is_monitored_no_longer_has_no_alerts(tmp_path):
    inputs = failing("service_state", "1x9 3x5 stale") + values("1x15 stale", series("up", **HOST))
    assert play(tmp_path, inputs, expressions=[count("ChecklistServiceDown", 14, 1), count("ChecklistServiceDown", 17, 0)]) == ""


def test_a_port_stays_exposed_while_its_host_does_not_answer(tmp_path):
    inputs = failing("port_bindings", "1x9 3x5 stale") + values("1x15 0x30", series("up", **HOST))
    inputs += values("_x10 1x5 stale", finding("port_bindings", reason="wider"))
    assert play(tmp_path, inputs, expressions=[
        count(name, minute, number) for minute in (14, 17, 30) for name, number in (
            ("ChecklistPortExposed", 1), ("ChecklistPortWrong", 0))]) == ""


# A check that becomes unknown


RESTARTED = "1x9 3x5 2x5 1x60"  # down from minute 10 to 15, starting until minute 21


@pytest.mark.parametrize("check, alert, number", [
    ("service_state", "ChecklistServiceDown", 1), ("health_probe", "ChecklistHealthProbeFailing", 1),
    ("gpu_device_access", "ChecklistGpuAccessLost", 1), ("port_bindings", "ChecklistPortWrong", 0)])
def test_a_page_is_resolved_by_what_passes_not_by_what_is_unknown(check, alert, number, tmp_path):
    assert play(tmp_path, failing(check, RESTARTED), expressions=[
        count(alert, 15, 1), count(alert, 17, number), count(alert, 21, number), count(alert, 22, 0)]) == ""


def test_it_says_that_it_is_unknown_now(tmp_path):
    story = down()
    story.description = "llamacpp.service on gpu1 since 00:10 UTC (AGE): it failed, and is now unknown: that (expected: this)\nTo do: run `this`"
    inputs = failing("service_state", RESTARTED) + values("_x16 1x5", finding("service_state", "unknown"))
    assert play(tmp_path, inputs, [story.fires(18)]) == ""


def test_what_fails_too_shortly_for_an_alert_raises_none_while_it_starts(tmp_path):
    inputs = failing("service_state", "1x9 3 2x30 1x60")
    assert play(tmp_path, inputs, expressions=[count("ChecklistServiceDown", minute, 0) for minute in (11, 12, 20)]) == ""


def test_what_is_acknowledged_while_it_is_unknown_raises_no_alert(tmp_path):
    inputs = failing("service_state", "1x9 3x5 2x60") + values("_x20 1x5 stale", acknowledged("service_state"))
    assert play(tmp_path, inputs, expressions=[
        count("ChecklistServiceDown", 19, 1), count("ChecklistServiceDown", 21, 0), count("ChecklistServiceDown", 30, 0)]) == ""


# Flapping


def flaps(check: str, text: str) -> list[dict]:
    unit = values("1x150", series("checklist_unit_info", **UNIT, group="ml", severity="critical"))
    return unit + values(text, series("checklist_check_failures_total", **UNIT, check=check))


def flapping(text: str) -> Story:
    return Story("ChecklistFlapping", {}, "llamacpp.service fails service_state repeatedly on gpu1",
                 "llamacpp.service on gpu1: service_state turned to fail 3 times within 30 minutes" + text +
                 "\nTo do: see `checklistctl logs llamacpp.service --since -30min`",
                 UNIT | {"check": "service_state", "group": "ml", "severity": "warning", "class": "symptom"})


FLAPS = "7x9 8 8 8 9 9 9 10x80"  # three failures, from minute 10 to 16


def test_failures_too_short_for_another_alert_are_flapping_which_is_a_warning_and_ends(tmp_path):
    story = flapping("; it passes at the moment")
    inputs = flaps("service_state", FLAPS) + values("1x9 3 1 1 3 1 1 3 1x80", result("service_state"))
    assert play(tmp_path, inputs, [story.at(15), story.fires(17), story.at(45), *alerts("ChecklistServiceDown", (11,), (17,))]) == ""


def test_flapping_says_what_fails_now(tmp_path):
    story = flapping("; now: that (expected: this)")
    inputs = flaps("service_state", FLAPS) + values("1x80", finding("service_state"))
    assert play(tmp_path, inputs, [story.fires(17)]) == ""
    assert play(tmp_path, [*inputs, *values("1x80", acknowledged("service_state"))], [story.at(17)]) == ""


def test_flapping_of_a_unit_that_only_informs_informs(tmp_path):
    story = flapping("; it passes at the moment")
    inputs = [{**each, "series": each["series"].replace("critical", "info")} for each in flaps("service_state", FLAPS)]
    story.labels = story.labels | {"severity": "info"}
    assert play(tmp_path, inputs, [story.fires(17)]) == ""


@pytest.mark.parametrize("check", ["service_state", "port_bindings"])
def test_a_service_that_was_down_and_healed_does_not_flap_afterwards(check, tmp_path):
    """It failed three times, ChecklistServiceDown fired for the last one, from minute 17 to 20."""
    inputs = flaps(check, FLAPS) + failing("service_state", "1x9 3 1 1 3 1 1 3x4 1x80")
    quiet = [count("ChecklistFlapping", minute, 0) for minute in (21, 22, 30, 45, 52, 60)]
    # While the service is down, Alertmanager inhibits it: it does not end and is not sent as resolved.
    assert play(tmp_path, inputs, expressions=[
        count("ChecklistServiceDown", 18, 1), count("ChecklistFlapping", 18, 1), count("ChecklistServiceDown", 21, 0), *quiet]) == ""


def test_a_service_that_flaps_on_long_after_it_was_down_flaps(tmp_path):
    inputs = flaps("service_state", "7x9 8x39 9 9 10 10 11x60") + failing("service_state", "1x9 3x5 1x100")
    assert play(tmp_path, inputs, expressions=[
        count("ChecklistServiceDown", 12, 1), count("ChecklistFlapping", 30, 0), count("ChecklistFlapping", 57, 1)]) == ""


# What an outage leaves behind


def test_errors_of_an_outage_raise_no_alert_after_it(tmp_path):
    inputs = failing("service_state", "1x9 3x5 1x100") + failing("journal_errors", "1x9 3x20 1x100")
    assert play(tmp_path, inputs, expressions=[
        count("ChecklistServiceDown", 15, 1), count("ChecklistJournalErrors", 15, 1),  # inhibited by Alertmanager
        *(count("ChecklistJournalErrors", minute, 0) for minute in (16, 17, 25, 30, 40))]) == ""


def test_errors_that_go_on_after_an_outage_raise_one_half_an_hour_later(tmp_path):
    inputs = failing("service_state", "1x9 3x5 1x100") + failing("journal_errors", "1x9 3x100")
    assert play(tmp_path, inputs, expressions=[count("ChecklistJournalErrors", 40, 0), count("ChecklistJournalErrors", 50, 1)]) == ""


def test_a_failed_run_that_systemd_mended_is_at_most_a_warning(tmp_path):
    story = unit_story("ChecklistJournalErrors", "journal_errors", "logs errors", {"reason": "failed"})
    assert story.labels["severity"] == "warning"
    inputs = story.inputs() + failing("service_state", "1x9 3 1x100")
    assert play(tmp_path, inputs, [*story.expectations(), *alerts("ChecklistServiceDown", (10,), (11,), (12,))]) == ""


# Culprits


def broken(cause: str, *subjects: str, unit=OTHER) -> list[dict]:
    found = [finding("dependencies", unit=unit, subject=each, observed=f"{each} is so", **({"cause": cause} if cause else {}))
             for each in subjects]
    return values("_x10 1x60", *found)


def dependency(cause: str, text: str) -> dict:
    labels = OTHER | {"check": "dependencies", "group": "ml"} | labels_of("dependencies") | ({"cause": cause} if cause else {})
    which = f" ({cause})" if cause else ""
    story = Story("ChecklistDependencyBroken", {}, f"scan.service has a broken dependency{which} on gpu1",
                  f"scan.service on gpu1 since 00:10 UTC (AGE): {text}\nTo do: run `this`", labels)
    return story.fired(15)


def test_a_broken_dependency_names_its_culprit_once_however_many_findings_name_it(tmp_path):
    inputs = failing("dependencies", "1x9 3x60", OTHER) + broken("db.service", "Requires=db.service", "BindsTo=db.service")
    one = dependency("db.service", "BindsTo=db.service is so (expected: this)")
    one["exp_annotations"]["description"] += "\nalso: Requires=db.service is so (expected: this)"
    assert play(tmp_path, inputs, alerts("ChecklistDependencyBroken", (11,), (15, one))) == ""


def test_each_culprit_has_an_alert_and_what_has_none_another(tmp_path):
    """So that the one whose culprit is down is inhibited, and the others are not."""
    inputs = failing("dependencies", "1x9 3x60", OTHER)
    inputs += broken("db.service", "Requires=db") + broken("gone.service", "Wants=gone") + broken("", "After=lost")
    assert play(tmp_path, inputs, alerts("ChecklistDependencyBroken", (
        15, dependency("db.service", "Requires=db is so (expected: this)"),
        dependency("gone.service", "Wants=gone is so (expected: this)"), dependency("", "After=lost is so (expected: this)")))) == ""


def test_a_unit_is_not_its_own_culprit(tmp_path):
    """ChecklistServiceDown always has a culprit, the alert about a lost dependency none: they are not equal."""
    inputs = failing("dependencies", "1x9 3x60") + failing("service_state", "1x9 3x60") + broken("", "After=lost", unit=UNIT)
    assert play(tmp_path, inputs, expressions=[
        {"expr": 'count by (alertname, cause) (ALERTS{alertstate="firing",unit!=""})', "eval_time": "15m", "exp_samples": [
            {"labels": '{alertname="ChecklistServiceDown", cause="llamacpp.service"}', "value": 1},
            {"labels": '{alertname="ChecklistDependencyBroken"}', "value": 1}]}]) == ""


# Series that share labels


def test_two_hosts_that_share_a_name_do_not_silence_the_others(tmp_path):
    """Their series differ by `site` only. A rule that fails to match them would end the alerts of all hosts."""
    def everywhere(text, family, **labels):
        return [each for site in "ab" for each in values(text, series(family, **UNIT, **labels, site=site))]
    inputs = []
    for check in ("service_state", "dependencies"):
        inputs += everywhere("3x60", "checklist_check_result", check=check, group="ml")
        inputs += everywhere("600x60", "checklist_check_problem_timestamp_seconds", check=check, **labels_of(check))
        inputs += failing(check, "3x60", OTHER)
    inputs += everywhere("1x60", "checklist_finding_info", check="dependencies", status="fail", subject="a", reason="b", expected="c",
                         observed="d", cause="db.service")
    inputs += everywhere("1x60", "checklist_unit_info", group="ml", severity="critical")
    inputs += everywhere("0+1x60", "checklist_check_failures_total", check="service_state")
    assert play(tmp_path, inputs, expressions=[count("ChecklistServiceDown", 15, 3), count("ChecklistDependencyBroken", 15, 3),
                                               count("ChecklistFlapping", 15, 2)]) == ""


def test_a_thousand_units_that_fail_at_once_are_a_thousand_alerts(tmp_path):
    inputs = []
    for each in range(1000):
        unit = UNIT | {"unit": f"x{each}.service"}
        inputs += values("1x2 3x6", result("service_state", unit)) + values("_x3 180x6", problem("service_state", unit))
        inputs += values("_x3 1x6", finding("service_state", unit=unit))
    assert play(tmp_path, inputs, expressions=[count("ChecklistServiceDown", 5, 1000)]) == ""
