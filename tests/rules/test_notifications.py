# SPDX-License-Identifier: MIT
"""What a phone shows: the receivers of receivers.yml, rendered from what Alertmanager posted in a run of the rules.

CHECKLIST_UPDATE_GOLDEN=1 writes the golden texts again; read them.
"""

import json
import os
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from rules import tools

HERE = Path(__file__).resolve().parent
PAYLOADS = sorted((HERE / "payloads").glob("*.json"))
RECEIVERS = tools.CONFIG / "alertmanager/receivers.yml"
TEMPLATES = tools.CONFIG / "alertmanager/checklistd.tmpl"
KEYS = {"status", "alerts", "annotations", "summary", "description"}  # of the JSON that ntfy reads


def rendered(template: str, payload: Path) -> str:
    done = tools.run("amtool", "template", "render", f"--template.glob={TEMPLATES}", f"--template.text={template}",
                     f"--template.data={payload}")
    assert done.returncode == 0, done.stderr
    return done.stdout.rstrip("\n")


def templates_of(value, path=()) -> dict[str, str]:
    """The templated settings of a receiver by their names."""
    if isinstance(value, dict):
        return {name: text for key, each in value.items() for name, text in templates_of(each, (*path, key)).items()}
    return {".".join(path): value} if isinstance(value, str) and "{{" in value else {}


def as_alertmanager_names_it(template: str) -> str:
    """A template over the JSON keys of a payload as one over Alertmanager's own names for them."""
    return re.sub(r"\.(status|alerts|annotations)\b", lambda found: "." + found[1].capitalize(), template)


def receivers() -> dict[str, dict[str, str]]:
    out = {}
    for receiver in yaml.safe_load(RECEIVERS.read_text())["receivers"]:
        (settings,) = next(each for key, each in receiver.items() if key.endswith("_configs"))
        out[receiver["name"]] = templates_of(settings)
        if receiver["name"] == "ntfy":
            asked = parse_qs(urlsplit(settings["url"]).query)
            out["ntfy"] = {name: as_alertmanager_names_it(asked[name][0]) for name in ("t", "m")}
    return {name: settings for name, settings in out.items() if settings}


def notification(settings: dict[str, str], payload: Path) -> str:
    texts = {name: rendered(template, payload) for name, template in settings.items()}
    return "".join(f"{name}: " + (text if "\n" not in text else "\n    " + text.replace("\n", "\n    ")) + "\n"
                   for name, text in texts.items())


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.stem)
def test_each_receiver_shows_the_golden_texts(payload):
    shown = "".join(f"=== {name}\n{notification(settings, payload)}\n" for name, settings in receivers().items())
    golden = HERE / f"golden/{payload.stem}.txt"
    if os.environ.get("CHECKLIST_UPDATE_GOLDEN"):
        golden.write_text(shown)
    assert shown == golden.read_text()


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.stem)
def test_the_first_line_says_what_is_wrong_and_where_and_fits_on_a_phone(payload):
    message = rendered('{{ template "checklistd.message" . }}', payload)
    title = message.splitlines()[0]
    posted = json.loads(payload.read_text())
    assert rendered('{{ template "checklistd.title" . }}', payload).split(" (+")[0].split(", from")[0] in message
    of_title = [alert for alert in posted["alerts"] if alert["annotations"]["summary"] in title]
    assert of_title and "gpu1" in title and len(title) <= 100
    assert title.startswith("✗ " if posted["status"] == "firing" else "✓ resolved: ")
    assert len(message) <= 1000
    assert "file:///" not in message and "map[" not in message and "<no value>" not in message


def many(tmp_path, number: int, **alert) -> Path:
    """A payload of many alerts of one host."""
    posted = json.loads((HERE / "payloads/digest.json").read_text())
    posted["alerts"] = [posted["alerts"][0] | alert for _ in range(number)]
    file = tmp_path / "many.json"
    file.write_text(json.dumps(posted))
    return file


def test_of_a_thousand_alerts_eight_are_shown_and_the_title_counts_the_others(tmp_path):
    assert rendered('{{ template "checklistd.title" . }}', many(tmp_path, 1000)).endswith(" on gpu1 (+999)")
    message = rendered('{{ template "checklistd.message" . }}', many(tmp_path, 1000))
    assert message.count("✗") == 8
    assert message.splitlines()[-1] == "There is more: see `checklistctl status --failed` on the host"
    resolved = rendered('{{ template "checklistd.text" . }}', many(tmp_path, 1000, status="resolved"))
    assert len(resolved.splitlines()) == 9


def test_another_exporter_s_alert_and_a_page_on_the_web_are_shown(tmp_path):
    other = {"labels": {"alertname": "DiskFull", "instance": "gpu1"}, "annotations": {"runbook_url": "https://wiki.example.org/disk"}}
    assert rendered('{{ template "checklistd.message" . }}', many(tmp_path, 1, **other)).splitlines() == [
        "✗ DiskFull", "https://wiki.example.org/disk"]


def test_a_critical_alert_gives_the_title(tmp_path):
    posted = json.loads((HERE / "payloads/digest.json").read_text())
    first, second = posted["alerts"][:2]
    second["labels"]["severity"] = "critical"
    posted["alerts"] = [first, second]
    file = tmp_path / "critical.json"
    file.write_text(json.dumps(posted))
    assert rendered('{{ template "checklistd.title" . }}', file) == f"✗ {second['annotations']['summary']} (+1)"


def test_the_receivers_load_and_their_comment_is_what_ntfy_gets():
    check = tools.run("amtool", "check-config", RECEIVERS)
    assert check.returncode == 0, check.stderr
    text = RECEIVERS.read_text()
    url = re.search(r"https://ntfy\S+", text)[0]
    asked = parse_qs(urlsplit(url).query)
    assert asked["tpl"] == ["yes"]
    comment = "".join(re.findall(r"^  #   (.*)$", text, re.M))
    assert comment == asked["t"][0] + asked["m"][0].replace("\n", "")
    assert set(re.findall(r"\.(\w+)", comment)) <= KEYS
