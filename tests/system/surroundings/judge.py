# SPDX-License-Identifier: MIT
"""Does one fault under load, and says what was promised and is not so."""

import time

from sandbox.wait import wait_until

from .load import TALKER, Scraper
from .stage import Loaded
from .surrounding import Surrounding

RESUMED = 20  # seconds until a new error is counted


def judge(stage: Loaded, case: Surrounding) -> tuple[list[str], str]:
    """Broken promises, and what else there is to say."""
    before = stage.show("MainPID", "NRestarts")
    turns = stage.seen()[0].turns
    with Scraper(stage.box) as scraper:
        stage.do(case.inject)
        time.sleep(case.lasts)
        stage.do(case.undo)
        undone = time.monotonic()
        broken = _settled(stage, case)
        settled = time.monotonic() - undone
    broken += _ran_on(stage, case, before)
    if not case.begins_anew:
        broken += scraper.fell[:5]
        turns = stage.seen()[0].turns - turns
    else:
        turns = {}
    broken += sorted(f"{key} turned to fail {count} times" for (key, to), count in dict(turns).items()
                     if to == "fail" and not _may_fail(key, case))
    broken += sorted(f"{key} failed in {count} scrapes" for key, count in scraper.failed.items() if not _may_fail(key, case)
                     and stage.calm.get(key) != "fail" and (key, "fail") not in turns)
    unknown = sum(count for (_, to), count in dict(turns).items() if to == "unknown")
    return broken, (f"as before {settled:.1f} s after it; {unknown} turns to unknown; {scraper.scrapes} scrapes, "
                    f"{scraper.unanswered} without an answer, {scraper.longest:.1f} s the longest time without one")


def _may_fail(key: str, case: Surrounding) -> bool:
    return key.startswith((f"{TALKER} journal_errors", *case.breaks))


def _settled(stage: Loaded, case: Surrounding) -> list[str]:
    """Waits until every check says what it said before, new errors are counted, and an evaluation without the daemon agrees."""
    try:
        wait_until(lambda: not stage.unlike_before(), case.deadline, lambda: f"{'; '.join(stage.unlike_before()[:5])}: {stage.not_passing()[:500]}", interval=0.2)
        least = stage.errors_counted()
        wait_until(lambda: stage.errors_counted() > least, RESUMED, f"errors to be counted beyond {least}")
        wait_until(lambda: not stage.unlike_fresh(), case.deadline,
                   lambda: "an evaluation without the daemon differs: " + "; ".join(stage.unlike_fresh()[:5]), interval=1)
    except TimeoutError as error:
        return [f"not as before: {error}"]
    return []


def _ran_on(stage: Loaded, case: Surrounding, before) -> list[str]:
    after = stage.show("MainPID", "NRestarts")
    restarts = int(after["NRestarts"]) - int(before["NRestarts"])
    if restarts != case.restarts and not case.begins_anew:
        return [f"systemd restarted the daemon {restarts} times in place of {case.restarts}", *stage.exits()]
    if after["MainPID"] != before["MainPID"] and not (case.restarts or case.begins_anew):
        return ["the daemon was started again"]
    return []
