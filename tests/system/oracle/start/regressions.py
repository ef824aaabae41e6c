# SPDX-License-Identifier: MIT
"""Cases on which check and systemd once disagreed, by a name that says what was wrong."""

import json
from pathlib import Path

from .case import Case

FILE = Path(__file__).parent / "regressions.json"


def regressions() -> dict[str, Case]:
    return {name: Case.from_json(given) for name, given in json.loads(FILE.read_text()).items()}
