# SPDX-License-Identifier: MIT
"""CHECKLIST_JOB and CHECKLIST_RUNBOOKS are written into what is installed."""

import shutil
import subprocess

import pytest
import yaml

from rules import tools

pytestmark = pytest.mark.skipif(not shutil.which("cmake"), reason="cmake is not installed")
RULES, SCRAPES = "prometheus/checklistd.rules.yml", "prometheus/prometheus.yml"


def configure(folder, name: str, **settings) -> subprocess.CompletedProcess:
    """Writes a file of config as it would be installed below /opt, with a script that only includes cmake/Places.cmake."""
    settings = {"CMAKE_INSTALL_FULL_DOCDIR": "/opt/doc", "CMAKE_INSTALL_FULL_DATADIR": "/opt/share"} | settings
    script = folder / "configure.cmake"
    script.write_text(f"""include("{tools.REPOSITORY}/cmake/Places.cmake")
file(READ "{tools.CONFIG / name}" text)
with_places(text "${{text}}")
file(WRITE "{folder / 'installed.yml'}" "${{text}}")
""")
    return subprocess.run(["cmake", *(f"-D{key}={value}" for key, value in settings.items()), "-P", script],
                          capture_output=True, text=True, timeout=60)


def installed(folder, name: str, **settings) -> str:
    done = configure(folder, name, **settings)
    assert done.returncode == 0, done.stderr
    return (folder / "installed.yml").read_text()


def runbooks(folder, **settings) -> dict[str, str]:
    rules = yaml.safe_load(installed(folder, RULES, **settings))
    return {rule["alert"]: rule["annotations"]["runbook_url"] for group in rules["groups"] for rule in group["rules"] if "alert" in rule}


def test_without_settings_only_the_prefix_differs(tmp_path):
    text = (tools.CONFIG / RULES).read_text()
    assert installed(tmp_path, RULES) == text.replace("file:///usr/share/doc/checklistd/", "file:///opt/doc/")


def test_another_job_is_in_the_rules_and_in_the_scrape_example(tmp_path):
    text = installed(tmp_path, RULES, CHECKLIST_JOB="systemd/checks")
    assert text.count('job="systemd/checks"') == (tools.CONFIG / RULES).read_text().count('job="checklistd"') >= 5
    assert 'job="checklistd"' not in text and "the job systemd/checks," in text
    check = tools.run("promtool", "check", "rules", "--lint=all", "--lint-fatal", tmp_path / "installed.yml")
    assert check.returncode == 0, check.stderr
    scrapes = yaml.safe_load(installed(tmp_path, SCRAPES, CHECKLIST_JOB="systemd/checks"))["scrape_configs"]
    assert [each["job_name"] for each in scrapes] == ["systemd/checks"]


@pytest.mark.parametrize("job", ['a"b', "a b", "", "a\\b"])
def test_what_is_no_name_of_a_job_is_refused(job, tmp_path):
    done = configure(tmp_path, RULES, CHECKLIST_JOB=job)
    assert done.returncode != 0 and "CHECKLIST_JOB" in done.stderr


@pytest.mark.parametrize("setting, page, own", [
    ("https://wiki.example.org", "https://wiki.example.org/checks/{{ $labels.check }}.md",
     "https://wiki.example.org/prometheus.md#checklistdown"),
    ("https://{{ $labels.instance }}/explain/NAME", "https://{{ $labels.instance }}/explain/{{ $labels.check }}",
     "file:///opt/doc/prometheus.md#checklistdown")])
def test_pages_that_are_published_are_named(setting, page, own, tmp_path):
    named = runbooks(tmp_path, CHECKLIST_RUNBOOKS=setting)
    assert (named["ChecklistServiceDown"], named["ChecklistHostDegraded"], named["ChecklistDown"]) == (page, page, own)
    assert {url for url in named.values() if "checks/" in url or "labels.check" in url} == {page}
