# SPDX-License-Identifier: MIT
"""How soon a service's death is readable over HTTP, beside how soon a raw sd-bus client hears it."""

from .figures import median, ratio, spread, table
from .world import PORT, client, world

UNIT = "llamacpp.service"
LONGEST = 25  # seconds a repetition may take


def run(build, repetitions=30):
    """SIGKILL of a watched service's main process, until it is heard and until it is shown."""
    with world(build) as box:
        program = client(box, "detection")
        print(f"{repetitions} times SIGKILL of {UNIT}'s main process, until …", flush=True)
        lines = box.run([program, UNIT, str(repetitions), str(PORT)],
                        timeout=LONGEST * repetitions).stdout.splitlines()
    heard, shown = zip(*(map(int, line.split()) for line in lines))
    table(["", "min", "median", "max"],
          [["a raw sd-bus client hears of it", *spread(heard)],
           ["checklistd's long poll is answered with it", *spread(shown)]])
    print(f"ratio of the medians: {ratio(median(shown), median(heard))}")
