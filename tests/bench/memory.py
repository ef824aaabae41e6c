# SPDX-License-Identifier: MIT
"""What checklistd holds in memory with the plan's specs and with a thousand more."""

from .costs import memory
from .figures import table
from .world import PORT, main_pid, world


def run(build, many=1000):
    """PSS and RSS of checklistd with the plan's specs and with 1,000 more, before and after scrapes."""
    rows = []
    for specs in (0, many):
        with world(build, many=specs, watch_many=bool(specs)) as box:
            pid = main_pid(box, "checklistd.service")
            fresh = memory(box, pid)
            sizes = [len(box.http(PORT, "/metrics", timeout=30).body) for _ in range(10)]
            used = memory(box, pid)
            count = specs + 13
        rows.append([f"{count} specs", *(f"{value / 1e6:.2f} MB" for value in
                                         (fresh["Pss"], used["Pss"], used["Rss"], sizes[-1]))])
    table(["", "PSS at the start", "PSS after ten scrapes", "RSS", "body"], rows)
