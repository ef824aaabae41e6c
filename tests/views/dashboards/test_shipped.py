# SPDX-License-Identifier: MIT
"""What the dashboards' JSON and the provisioning promise whatever a host looks like."""

import re

import pytest
from views.dashboards import queries

NAMES = "checklistd-host", "checklistd-fleet"


def every_link(node) -> list[dict]:
    """All links in a dashboard's JSON: of the dashboard, of panels, of fields."""
    if isinstance(node, list):
        return [link for each in node for link in every_link(each)]
    if not isinstance(node, dict):
        return []
    here = [node] if isinstance(node.get("url"), str) else []
    return here + [link for each in node.values() for link in every_link(each)]


@pytest.mark.parametrize("name", NAMES)
def test_links_between_dashboards_keep_the_time_range(name):
    between = [link for link in every_link(queries.load(name)) if link["url"].startswith("/d/")]
    assert between
    assert [link for link in between if "${__url_time_range}" not in link["url"] and not link.get("keepTime")] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_query_needs_a_family_that_is_off_unless_asked_for(name):
    off = ("check_status", "host_check_status", "check_changes_total", "check_changed_timestamp_seconds", "unit_active_state",
           "unit_load_state", "unit_start_time_seconds", "systemd_state", "observer_last_success_timestamp_seconds",
           "observer_duration_seconds", "process_virtual_memory_bytes", "probe_duration_seconds_bucket")
    for query in queries.queries(queries.load(name)):
        assert not re.search(rf"\b(checklist_)?({'|'.join(off)})\b", query.expr), query.title


@pytest.mark.parametrize("name", NAMES)
def test_every_data_source_is_a_variable(name):
    dashboard = queries.load(name)
    used = [panel["datasource"] for panel in queries.panels(dashboard) if panel["type"] != "row"]
    used += [variable["datasource"] for variable in dashboard["templating"]["list"] if variable["type"] == "query"]
    used += [note["datasource"] for note in dashboard["annotations"].get("list", [])]
    assert {source["uid"] for source in used} == {"${datasource}"}
    assert dashboard["uid"] == name


def test_provisioning_adds_no_data_source():
    """A second default data source keeps Grafana from starting."""
    provisioning = queries.DIRECTORY.parent / "provisioning"
    assert [each.relative_to(provisioning).as_posix() for each in provisioning.rglob("*.yml")] == ["dashboards/checklistd.yml"]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_panels_share_a_title(name):
    titles = [panel["title"] for panel in queries.panels(queries.load(name))]
    assert len(titles) == len(set(titles))
