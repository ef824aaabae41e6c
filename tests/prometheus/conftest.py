# SPDX-License-Identifier: MIT
"""What the tests of rules and routes share: where the sandbox package is, and the tools they need."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def pytest_collection_modifyitems(items):
    from prometheus import tools
    if not (tools.program("promtool") and tools.program("amtool")):
        for item in items:
            item.add_marker(pytest.mark.skip(reason="promtool and amtool are not installed"))
