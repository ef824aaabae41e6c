# SPDX-License-Identifier: MIT
"""What programs in a sandbox cost: CPU time of whole units, wake-ups, memory."""

import re
from pathlib import Path

PID_1, BUS, CHECKLISTD = "init.scope", "system.slice/dbus.service", "system.slice/checklistd.service"


def cpu(box, *groups) -> dict[str, int]:
    """Nanoseconds that each cgroup has used so far, threads that have ended included."""
    def read():
        return {group: _usage(Path("/sys/fs/cgroup", group, "cpu.stat").read_text())
                for group in groups}
    return box.inside(read)


def _usage(text) -> int:
    return int(re.search(r"^usage_usec (\d+)", text, re.MULTILINE)[1]) * 1000


def spent(before, after) -> dict[str, int]:
    return {group: after[group] - before[group] for group in before}


def memory(box, pid) -> dict[str, int]:
    """Bytes of a process that the sandbox numbers so: its PSS and RSS."""
    text = box.inside(Path(f"/proc/{pid}/smaps_rollup").read_text)
    return {kind: int(re.search(rf"^{kind}: +(\d+) kB", text, re.MULTILINE)[1]) * 1024
            for kind in ("Pss", "Rss")}


def wakeups(box, pid) -> int:
    """How often any of its threads has slept and gone on."""
    def read():
        texts = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/status")]
        return sum(int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE)[1])
                   for text in texts)
    return box.inside(read)
