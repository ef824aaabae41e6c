# SPDX-License-Identifier: MIT
"""Ten faults against captured specs; `scripts/faults --captured` injects all of them."""

import pytest
from faults.captured import CapturedStage, not_applicable, run
from faults.cases import CATALOG

NUMBERS = ("1", "4a", "11a", "13a", "21", "22a", "27a", "33a", "31a", "36a")
FAULTS = {fault.number: fault for fault in CATALOG if fault.number in NUMBERS}


@pytest.fixture(scope="module")
def stage(build):
    with CapturedStage(build, lambda _: None) as raised:
        yield raised


@pytest.mark.parametrize("number", NUMBERS)
def test_is_noticed_and_gone_after_the_undo(stage, number):
    assert not_applicable(FAULTS[number]) == ""
    result = run(stage, FAULTS[number])
    assert result.is_caught(), (result.amiss, stage.watch.latest.not_passing())
