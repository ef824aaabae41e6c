# SPDX-License-Identifier: MIT
"""A host's dashboards at one moment: Prometheus's answers, the cells that Grafana's own code makes of them, and pictures."""

import json
import os
import shutil
import subprocess
import time

import pytest
from sandbox import monitoring
from sandbox.tree import REPOSITORY
from sandbox.wait import wait_until
from views.dashboards import queries

NODE_MODULES = os.environ.get("CHECKLIST_NODE_MODULES")
DRAWS = NODE_MODULES and shutil.which("chromium")
# A deadline for a busy machine; what is waited for takes seconds.
SOON = 180


class Host:
    """Prometheus's answers, and what Grafana makes of them, in one state of the host."""

    def __init__(self, box, name, at, sources=None):
        self.name, self.at = name, at
        self.dashboard = queries.load(name)
        ask = lambda path, **parameters: monitoring.ask(box, path, **parameters)
        self.chosen = queries.variables(self.dashboard, ask, monitoring.INSTANCE, at, sources or {})
        self.answers = queries.answers(self.dashboard, ask, self.chosen, at)
        self.has = {each for label in ("__name__", "check")
                    for each in monitoring.ask(box, f"label/{label}/values")["data"]}
        self.panels, self.colors = self._cells(box) if NODE_MODULES else (None, None)

    def _cells(self, box):
        shown = self._node(box, "cells.cjs")
        return shown["panels"], shown["colors"]

    def drawn(self, box, picture) -> dict[str, dict]:
        """What Chromium shows of it, by theme; PICTURE-dark.png and others are kept."""
        return self._node(box, "pictures.cjs", picture)

    def _node(self, box, program, *more):
        with_port = box.forward(monitoring.PROMETHEUS)
        done = subprocess.run(
            ["node", REPOSITORY / "tests/views/dashboards" / program, queries.DIRECTORY / f"{self.name}.json",
             f"http://127.0.0.1:{with_port.port}", json.dumps(self.chosen), str(self.at), *more],
            env=os.environ | {"NODE_PATH": NODE_MODULES}, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def columns(self, title) -> dict[str, dict]:
        """The fields of a panel's only frame by name."""
        if self.panels is None:
            pytest.skip("Grafana's code is not installed; scripts/test dashboards does that")
        frame, = self.panels[title]
        return {field["name"]: field for field in frame}

    def rows(self, title) -> list[dict[str, str]]:
        """The texts of a table, hidden columns included."""
        fields = self.columns(title)
        return [dict(zip(fields, (cell["text"] for cell in row))) for row in zip(*(field["cells"] for field in fields.values()))]

    def cell(self, title, row, column) -> tuple[str, str]:
        """Text and colour in a matrix, whose first column names the rows."""
        fields = self.columns(title)
        names = [cell["text"] for cell in next(iter(fields.values()))["cells"]]
        return self._shown(fields[column]["cells"][names.index(row)])

    def links(self, title, column, row) -> list[str]:
        """Where a cell leads; rows are named by the column Unit or Host."""
        fields = self.columns(title)
        names = [cell["text"] for cell in (fields.get("Unit") or fields["Host"])["cells"]]
        return fields[column]["links"][names.index(row)]

    def value(self, title) -> tuple[str, str]:
        """Of a panel with one number."""
        if self.panels is None:
            pytest.skip("Grafana's code is not installed; scripts/test dashboards does that")
        return self._shown(self.panels[title][0][-1]["cells"][-1])

    def _shown(self, cell) -> tuple[str, str]:
        return cell["text"], next((name for name, color in self.colors.items() if color == cell["color"]), cell["color"])


def settled_moment(box) -> float:
    """Now, once Prometheus has newer scrapes and evaluations: what is asked of that moment never changes."""
    now = time.time()
    newest = f'min(timestamp(up{{job="checklistd"}}) or timestamp(instance:checklist_severity:max{{instance="{monitoring.INSTANCE}"}}))'
    wait_until(lambda: (monitoring.value(box, newest) or 0) > now, SOON, "newer samples")
    return now


def wait_for(box, *conditions):
    for condition in conditions:
        wait_until(lambda: monitoring.value(box, condition) is not None, SOON, condition)
