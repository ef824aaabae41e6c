# SPDX-License-Identifier: MIT
"""What every system test shares: the sandbox package and the need for root."""

import os
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))


def pytest_collection_modifyitems(items):
    if os.geteuid() != 0:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="sandboxes need root"))


@pytest.fixture(scope="session")
def build() -> Path:
    """The build that is installed into sandboxes; scripts/test says which."""
    return Path(os.environ.get("CHECKLIST_BUILD", REPOSITORY / "build/release"))
