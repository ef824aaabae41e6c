# SPDX-License-Identifier: MIT
"""Skips the tests of rules and routes if promtool or amtool is missing."""

from pathlib import Path

import pytest

from rules import tools

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items):
    if tools.program("promtool") and tools.program("amtool"):
        return
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.skip(reason="promtool and amtool are not installed"))
