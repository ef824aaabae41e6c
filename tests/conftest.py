# SPDX-License-Identifier: MIT
"""What suites share: the build under test, and the need for root of those that boot a sandbox."""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
NEED_ROOT = {"system", "views"}


def pytest_collection_modifyitems(items):
    if os.geteuid() == 0:
        return
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in NEED_ROOT:
            item.add_marker(pytest.mark.skip(reason="sandboxes need root"))


@pytest.fixture(scope="session")
def build() -> Path:
    """The build that is installed into sandboxes, from CHECKLIST_BUILD (default: build/release)."""
    return Path(os.environ.get("CHECKLIST_BUILD", TESTS.parent / "build/release"))
