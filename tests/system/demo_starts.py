# SPDX-License-Identifier: MIT
"""Starts the demo again and again: no check may fail from the daemon's first report until all have settled.

demo_starts.py BUILD_DIRECTORY COUNT
"""

import signal
import statistics
import sys
import time

from demo import exit_of, interrupt, start
from faults.watch import PORT, Watch
from sandbox import Sandbox

LASTING = 15  # seconds in which no check turns: all have settled, and users have reported


def failures(watch: Watch) -> set[str]:
    """What failed in a state that was read, or turned to it between two of them."""
    read = {key for seen in watch.seen for key, status in seen.status.items() if status == "fail"}
    counted = {key for (key, to), times in watch.latest.turns.items() if to == "fail" and times}
    return {f"{key} fails ({watch.reasons_since(0, key, 'fail') or 'for a moment'})" for key in read | counted}


def settle(watch: Watch) -> float:
    """Waits until no check turns any more; the moment at which the last one did."""
    latest = watch.latest
    while other := watch.first(lambda seen: seen.status != latest.status, latest.moment, LASTING):
        latest = other
    return latest.moment


def demo(build) -> tuple[float, set[str]]:
    """One start: seconds from systemd's start until all have settled, and what failed."""
    with Sandbox("demo") as box:
        watch = Watch(lambda path, headers, timeout: box.http(PORT, path, headers, timeout=timeout))
        began = []

        def begun():
            began.append(time.monotonic())
            watch.start()

        try:
            start(box, build, begun)
            watch.until(lambda seen: True, LASTING)
            return settle(watch) - began[0], failures(watch)
        finally:
            watch.stop()


def main(build, count):
    signal.signal(signal.SIGTERM, interrupt)
    times, bad = [], 0
    for number in range(1, int(count) + 1):
        took, wrong = demo(build)
        times.append(took)
        bad += bool(wrong)
        print(f"start {number}: settled after {took:.1f} s" + "".join(f"\n      {line}" for line in sorted(wrong)),
              flush=True)
    print(f"{len(times)} starts, {bad} with a check that failed; settled after {statistics.median(times):.1f} s"
          f" in the median, {max(times):.1f} s at most")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(exit_of(main, *sys.argv[1:]))
