# SPDX-License-Identifier: MIT
"""What an alert says: what is wrong, on which host, since when, why, and what to type."""

import pytest

from rules.story import UNIT, WELL, finding, lines_of, play, problem, result, series, unit_story, values
from rules.test_rules import unknown

DAY = 24 * 60


def down(*found, **others):
    return unit_story("ChecklistServiceDown", "service_state", "is down", *found, **others)


def test_a_service_that_was_killed(tmp_path):
    story = down({"subject": "state", "reason": "failed", "expected": "active", "observed": "failed: killed by KILL",
                  "hint": "read `journalctl -u llamacpp.service`, fix the cause, then run `systemctl start llamacpp.service`"})
    story.description = ("llamacpp.service on gpu1 since 00:10 UTC (AGE): failed: killed by KILL (expected: active)\n"
                         "To do: read `journalctl -u llamacpp.service`, fix the cause, then run `systemctl start llamacpp.service`")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


@pytest.mark.parametrize("reason", ["restarts", "exhausted", "oom_kill", "reload_failed", "other_state"])
def test_a_service_that_is_up_is_not_called_down(reason, tmp_path):
    story = down({"reason": reason})
    story.summary = "llamacpp.service is not in its expected state on gpu1"
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_a_user_s_unit_is_named_with_its_user(tmp_path):
    story = down(unit=UNIT | {"manager": "user:dev"}, name="dev/llamacpp.service")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_a_directive_or_a_path_is_named_a_plain_word_is_not(tmp_path):
    story = unit_story("ChecklistHardeningWeakened", "hardening", "is not sandboxed as declared",
                       {"subject": "ProtectSystem", "expected": "strict", "observed": "yes"}, {"subject": "its subject"})
    story.description = ("llamacpp.service on gpu1 since 00:10 UTC (AGE): ProtectSystem: yes (expected: strict)\n"
                         "To do: run `this`\nalso: that (expected: this)")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_a_hint_is_said_once_and_another_one_below_its_finding(tmp_path):
    found = [{"subject": f"/etc/{each}", "hint": hint} for each, hint in (("a", "run `a`"), ("b", "run `a`"), ("c", "run `c`"))]
    story = unit_story("ChecklistFilesWrong", "files", "has missing, outdated or wrongly accessible files", *found)
    story.description = ("llamacpp.service on gpu1 since 00:10 UTC (AGE): /etc/a: that (expected: this)\nTo do: run `a`\n"
                         "also: /etc/b: that (expected: this)\nalso: /etc/c: that (expected: this)\nTo do: run `c`")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_of_many_findings_four_are_said(tmp_path):
    found = [{"subject": f"/etc/{each}"} for each in "abcde"]
    story = unit_story("ChecklistFilesWrong", "files", "has missing, outdated or wrongly accessible files", *found)
    story.description = story.description.replace("\nalso: /etc/e: that (expected: this)",
                                                  "\nThere is more: see `checklistctl status llamacpp.service`")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_a_finding_without_a_hint_leads_to_its_status(tmp_path):
    story = down({"hint": ""})
    story.description = ("llamacpp.service on gpu1 since 00:10 UTC (AGE): that (expected: this)\n"
                         "To do: see `checklistctl status llamacpp.service`")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


@pytest.mark.parametrize("alert, check, what", [
    ("ChecklistServiceDown", "service_state", "is down"),
    ("ChecklistPortWrong", "port_bindings", "does not listen as declared, or another process does,"),
    ("ChecklistDependencyBroken", "dependencies", "has a broken dependency")])
def test_a_failure_whose_findings_were_left_out_still_alerts(alert, check, what, tmp_path):
    story = unit_story(alert, check, what)
    del story.broken[finding(check)]
    story.description = (f"llamacpp.service on gpu1 since 00:10 UTC (AGE): {check} fails, and its findings are not exported\n"
                         "To do: see `checklistctl status llamacpp.service`")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_findings_of_the_unit_that_were_left_out_are_mentioned(tmp_path):
    story = down(always=(series("checklist_findings_omitted", **UNIT),))
    story.description += "\nThere is more: see `checklistctl status llamacpp.service`"
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


def test_what_lasts_for_days_has_a_date(tmp_path):
    story = down()
    inputs = [*values(f"1x9 3x{2 * DAY}", result("service_state")), *values(f"_x10 600x{2 * DAY}", problem("service_state")),
              *values(f"_x10 1x{2 * DAY}", finding("service_state"))]
    story.description = f"llamacpp.service on gpu1 since 1970-01-01 00:10 UTC (1d 1h 0m): {lines_of('service_state')}"
    assert play(tmp_path, inputs, [story.fires(WELL + DAY + 60)]) == ""


def test_a_text_that_changes_does_not_start_the_wait_again(tmp_path):
    story = down()
    inputs = [each for each in story.inputs() if "finding_info" not in each["series"]]
    for minute in range(10, 20):
        inputs += values(f"_x{minute} 1 stale", finding("service_state", observed=f"text {minute}"))
    story.description = f"llamacpp.service on gpu1 since 00:10 UTC (AGE): {lines_of('service_state', {'observed': 'text 11'})}"
    assert play(tmp_path, inputs, [story.fires(11)]) == ""


def test_texts_with_quotes_and_escaped_units_come_through(tmp_path):
    odd = r"dev-disk\x2dby\"quoted\".service"
    found = {"observed": 'it says "no" \\ {{ $labels }} <b>', "hint": ""}
    story = down(found, unit=UNIT | {"unit": odd}, name=odd)
    story.description = (f"{odd} on gpu1 since 00:10 UTC (AGE): {found['observed']} (expected: this)\n"
                         f"To do: see `checklistctl status '{odd}'`")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""


@pytest.mark.parametrize("reason", ["permission", "unsupported", "own_sandbox"])
def test_what_its_rights_hide_is_no_alert_unless_something_else_is_unknown_too(reason, tmp_path):
    assert play(tmp_path, unknown(reason).inputs(), unknown(reason).silence()) == ""
    both = unknown(reason, "stale")
    assert play(tmp_path, both.inputs(), both.expectations()) == ""


def test_an_unknown_dependency_is_said_whatever_its_cause(tmp_path):
    story = unknown("stale")
    story.broken = {name.replace("port_bindings", "dependencies").replace('hint=', 'cause="db.service",hint='): turn
                    for name, turn in story.broken.items()}
    story.broken = {name.replace('class="symptom"', 'class="posture"'): turn for name, turn in story.broken.items()}
    story.labels = story.labels | {"check": "dependencies"}
    story.summary = story.summary.replace("port_bindings", "dependencies")
    assert play(tmp_path, story.inputs(), story.expectations()) == ""
